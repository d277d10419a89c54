using NinjaIam.Core.Storage;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Checks the database of the installation, whether the portal runs or not, or that of a backup.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(CommandOptions options, Terminal terminal, CancellationToken stop)
    {
        var place = options.Path is { } path
            ? Path.GetFullPath(path)
            : PortalConfiguration.DataDirectoryOf(PortalConfiguration.Read(), options[CommandLine.Data]);
        var file = Directory.Exists(place) ? Path.Combine(place, SqliteDatabase.FileName) : place;
        return await Verification.RunAsync(file, terminal, stop) == 0 ? CommandLine.Success : CommandLine.Failed;
    }
}
