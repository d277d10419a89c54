using NinjaIam.Core.Care;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Checks the database of the installation, whether the portal runs or not, or that of a backup.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(CommandOptions options, Terminal terminal, CancellationToken stop)
    {
        var place = Path.GetFullPath(
            options.Path ?? PortalConfiguration.DataDirectoryOf(PortalConfiguration.Read(), options[CommandLine.Data])
        );
        var file = Directory.Exists(place) ? Path.Combine(place, SqliteDatabase.FileName) : place;
        var result = await DatabaseVerification.RunAsync(file, new VerificationLines(terminal, TimeProvider.System), stop);
        if (result.WasOlder)
        {
            await terminal.Out.WriteLineAsync(CommandTexts.OnlyFileChecked);
        }

        await terminal.Out.WriteLineAsync(
            result.Findings == 0
                ? Wording.Fill(CommandTexts.NothingFound, file)
                : Wording.Fill(CommandTexts.Found, file, Wording.Number(result.Findings))
        );
        return result.Findings == 0 ? CommandLine.Success : CommandLine.Failed;
    }
}
