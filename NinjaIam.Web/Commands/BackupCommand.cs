using NinjaIam.Core.Storage.Backups;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Copies an installation, whether the portal runs or not.</summary>
internal static class BackupCommand
{
    public static async Task<int> RunAsync(CommandOptions options, Terminal terminal, CancellationToken stop)
    {
        if (options.Path is not { } path)
        {
            await terminal.Error.WriteLineAsync(CommandTexts.BackupPathMissing);
            return CommandLine.WrongUsage;
        }

        var data = PortalConfiguration.DataDirectoryOf(PortalConfiguration.Read(), options[CommandLine.Data]);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var manifest = await Backup.TakeAsync(data, target, TimeProvider.System, stop);
        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.BackedUp, data, target, manifest.Migration));
        return CommandLine.Success;
    }
}
