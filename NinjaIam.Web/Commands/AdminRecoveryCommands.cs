using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Commands;

/// <summary>The way back in for a system administrator, from the host itself: nothing is asked, and the journal says that it was done here.</summary>
internal static class AdminRecoveryCommands
{
    /// <summary>Takes a lost second factor away. The next sign-in sets up a new one.</summary>
    public static Task<int> ResetSecondFactorAsync(CommandOptions options, Terminal terminal, CancellationToken stop) =>
        RunAsync(
            options,
            terminal,
            CommandTexts.SecondFactorReset,
            (services, id) =>
                services.GetRequiredService<SecondFactors>().ResetAsync(id, Origin.Of(Actor.CommandLine), CancellationToken.None),
            stop
        );

    /// <summary>Lets somebody sign in again whom an administrator blocked.</summary>
    public static Task<int> UnlockAsync(CommandOptions options, Terminal terminal, CancellationToken stop) =>
        RunAsync(
            options,
            terminal,
            CommandTexts.AdministratorUnlocked,
            (services, id) =>
                services.GetRequiredService<PersonAccess>().UnblockAsync(id, Origin.Of(Actor.CommandLine), CancellationToken.None),
            stop
        );

    private static async Task<int> RunAsync(
        CommandOptions options,
        Terminal terminal,
        string done,
        Func<IServiceProvider, Guid, Task<Outcome<Completed>>> act,
        CancellationToken stop
    )
    {
        if (options[CommandLine.Email] is not { } email)
        {
            await terminal.Error.WriteLineAsync(CommandTexts.EmailMissing);
            return CommandLine.WrongUsage;
        }

        var refusal = await InstallationHost.RunAsync(
            options[CommandLine.Data],
            async services =>
                await services.GetRequiredService<Administrators>().FindAsync(email, stop) is { } id
                    ? (await act(services, id)).RefusalOrNull()
                    : new Refusal(RefusalKind.NotFound, Wording.Fill(CommandTexts.NoSuchAdministrator, email)),
            stop
        );
        if (refusal is null)
        {
            await terminal.Out.WriteLineAsync(Wording.Fill(done, email));
            return CommandLine.Success;
        }

        await terminal.Error.WriteLineAsync(refusal.Detail);
        return CommandLine.Failed;
    }
}
