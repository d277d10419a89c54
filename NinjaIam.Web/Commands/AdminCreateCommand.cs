using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Commands;

/// <summary>Creates a system administrator without a browser, on the installation's data, whether the portal runs or not.</summary>
internal static class AdminCreateCommand
{
    public static async Task<int> RunAsync(CommandOptions options, Terminal terminal, CancellationToken stop)
    {
        if (options[CommandLine.Email] is not { } email)
        {
            await terminal.Error.WriteLineAsync(CommandTexts.EmailMissing);
            return CommandLine.WrongUsage;
        }

        var wanted = new NewAdministrator
        {
            Email = email,
            FullName = options[CommandLine.FullName] ?? email,
            Password = await ReadPasswordAsync(terminal, stop),
        };
        var outcome = await InstallationHost.RunAsync(
            options[CommandLine.Data],
            services =>
                services.GetRequiredService<Administrators>().CreateAsync(wanted, onlyAsFirst: false, Origin.Of(Actor.CommandLine), stop),
            stop
        );
        var (exitCode, writer, text) = outcome.Match(
            _ => (CommandLine.Success, terminal.Out, Wording.Fill(CommandTexts.AdministratorCreated, email)),
            refusal => (CommandLine.Failed, terminal.Error, refusal.Detail)
        );
        await writer.WriteLineAsync(text);
        return exitCode;
    }

    private static async Task<string> ReadPasswordAsync(Terminal terminal, CancellationToken stop)
    {
        if (terminal.ReadSecret is not { } read)
        {
            return await terminal.In.ReadLineAsync(stop) ?? "";
        }

        await terminal.Error.WriteAsync(CommandTexts.PasswordPrompt);
        return read();
    }
}
