using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>What a provider was refused before its first request was accepted, with the plain reasons.</summary>
public sealed partial class RefusedAttempts : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Activity> Attempts { get; set; }

    /// <summary>Whether new ones are read out; for one list of a page.</summary>
    [Parameter]
    public bool IsLog { get; set; }

    [Parameter]
    public string TestId { get; set; } = "refused-attempt";

    /// <summary>The latest refusals of a provider since an instant (UTC), the newest first. Those of a self-test are no attempts of its client.</summary>
    public static async Task<IReadOnlyList<Activity>> ReadAsync(
        ActivityLog activities,
        Actor actor,
        Guid providerId,
        DateTimeOffset since,
        int most
    )
    {
        // A self-test leaves one line for each of its calls, and is run a few times at most.
        const int OfSelfTests = 40;
        var refused = await activities.ListAsync(
            actor,
            new ActivityFilter
            {
                ProviderId = providerId,
                Refused = true,
                Since = since,
            },
            most + OfSelfTests,
            CancellationToken.None
        );
        return [.. refused.Where(activity => activity.UserAgent != ScimSelfTest.UserAgent).Take(most)];
    }
}
