using System.Diagnostics;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;

namespace NinjaIam.Bench;

/// <summary>
/// What an administrator does to everybody of a provider at once. Each act is one operation of the writer, so its time is also how long
/// other writes wait.
/// </summary>
internal static class LeavingActs
{
    public const string Work = "leaving";
    public const int Size = 100_000;

    /// <summary>Acts that follow each other, each list over a directory of its own.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<(string Name, Func<CoreDirectory, CancellationToken, Task> Act)>> All =
    [
        [
            ("disable SCIM, people become Inactive", (core, stop) => DisableAsync(core, PeopleChoice.Deactivate, stop)),
            ("the list of people changed here", ListAsync),
            ("bring them back", BringBackAsync),
        ],
        [
            ("disable SCIM, people become Inactive, again", (core, stop) => DisableAsync(core, PeopleChoice.Deactivate, stop)),
            ("enable SCIM, which manages them again", EnableAsync),
            ("disable SCIM, people stay", (core, stop) => DisableAsync(core, PeopleChoice.Keep, stop)),
            ("enable SCIM, nobody was changed", EnableAsync),
            ("disable SCIM, people are kept by hand", (core, stop) => DisableAsync(core, PeopleChoice.Convert, stop)),
        ],
        [
            ("disable SCIM, people stay, again", (core, stop) => DisableAsync(core, PeopleChoice.Keep, stop)),
            ("delete the provider, people are kept by hand", DeleteAsync),
        ],
    ];

    private static readonly Origin By = Origin.Of(Actor.CommandLine);

    public static async Task<IReadOnlyList<Figure>> RunAsync(
        CoreDirectory core,
        IReadOnlyList<(string Name, Func<CoreDirectory, CancellationToken, Task> Act)> acts,
        CancellationToken cancellationToken
    )
    {
        var figures = new List<Figure>();
        foreach (var (name, act) in acts)
        {
            var begin = Stopwatch.GetTimestamp();
            await act(core, cancellationToken);
            figures.Add(new Figure(Work, name, $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0.00} s", []));
        }

        return figures;
    }

    private static async Task DisableAsync(CoreDirectory core, PeopleChoice choice, CancellationToken stop) =>
        Done(await core.Get<ScimConnections>().DisableAsync(core.ProviderId, choice, By, stop));

    private static async Task EnableAsync(CoreDirectory core, CancellationToken stop) =>
        (await core.Get<ScimConnections>().EnableAsync(core.ProviderId, By, stop)).Match(
            _ => true,
            refusal => throw new WorkFailedException(refusal.Detail)
        );

    private static async Task ListAsync(CoreDirectory core, CancellationToken stop) =>
        await core.Get<ManagedPeople>().ListChangedHereAsync(Actor.System, core.ProviderId, new PageRequest(0, 25), stop);

    private static async Task BringBackAsync(CoreDirectory core, CancellationToken stop) =>
        // The first batch of a directory that had none.
        Done(await core.Get<ManagedPeople>().ReactivateAsync(1, By, stop));

    private static async Task DeleteAsync(CoreDirectory core, CancellationToken stop) =>
        Done(await core.Get<ProviderRemoval>().DeleteAsync(core.ProviderId, PeopleChoice.Convert, By, stop));

    private static void Done(Outcome<Completed> outcome) =>
        outcome.Match(_ => true, refusal => throw new WorkFailedException(refusal.Detail));
}
