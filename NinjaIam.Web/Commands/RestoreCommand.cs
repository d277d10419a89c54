using NinjaIam.Core.Storage.Backups;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Puts a backup in the place of an installation that does not run.</summary>
internal static class RestoreCommand
{
    public static async Task<int> RunAsync(CommandOptions options, Terminal terminal, CancellationToken stop)
    {
        if (options.Path is not { } path)
        {
            await terminal.Error.WriteLineAsync(CommandTexts.RestorePathMissing);
            return CommandLine.WrongUsage;
        }

        var data = PortalConfiguration.DataDirectoryOf(PortalConfiguration.Read(), options[CommandLine.Data]);
        var backup = Path.GetFullPath(path);
        var (isDone, replaced) = await Restoration.RunAsync(
            backup,
            data,
            TimeProvider.System,
            async file => await Verification.RunAsync(file, terminal, stop) == 0,
            stop
        );
        if (!isDone)
        {
            await terminal.Error.WriteLineAsync(CommandTexts.BackupNotRestored);
            return CommandLine.Failed;
        }

        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.Restored, backup, data));
        if (replaced is not null)
        {
            await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.ReplacedKept, replaced));
        }

        return CommandLine.Success;
    }
}
