using Microsoft.Data.Sqlite;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>An installation to try out, filled with made-up organizations, identity providers, people and groups.</summary>
internal sealed class DemoCommand(Terminal terminal)
{
    /// <param name="data">Where to keep it; null for a temporary directory that is removed at the end.</param>
    /// <param name="bare">With one identity provider and nobody in it.</param>
    public async Task<int> RunAsync(string? urls, string? data, bool bare, CancellationToken stop)
    {
        if (data is not null)
        {
            return await ServeAsync(urls, data, bare, isKept: true, stop);
        }

        var directory = Directory.CreateTempSubdirectory("ninjaiam-demo-").FullName;
        try
        {
            return await ServeAsync(urls, directory, bare, isKept: false, stop);
        }
        finally
        {
            // Pooled connections keep the files open, which some systems do not allow for what is deleted.
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    private Task<int> ServeAsync(string? urls, string directory, bool bare, bool isKept, CancellationToken stop) =>
        Serving.UntilStoppedAsync(
            new PortalSettings
            {
                Urls = urls,
                DataDirectory = directory,
                IsDemonstration = true,
            },
            async app =>
            {
                app.Services.GetRequiredService<InstallationNotice>()
                    .Show(isKept ? CommandTexts.DemonstrationKept : CommandTexts.DemonstrationGone);
                var prepared = await ActivatorUtilities.CreateInstance<Demonstration>(app.Services).PrepareAsync(bare, stop);
                return await prepared.Match(access => PrintAsync(app, access), refusal => RefuseAsync(refusal, directory));
            },
            stop
        );

    private async Task<int?> PrintAsync(WebApplication app, DemonstrationAccess access)
    {
        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.Portal, PublicAddress.BoundAddressOf(app).ToString().TrimEnd('/')));
        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.SignIn, access.Email, access.Password));
        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.ScimBaseUrl, access.ScimBaseUrl));
        await terminal.Out.WriteLineAsync(Wording.Fill(CommandTexts.ScimToken, access.ScimToken));
        await terminal.Out.FlushAsync();
        return null;
    }

    private async Task<int?> RefuseAsync(Refusal refusal, string directory)
    {
        await terminal.Error.WriteLineAsync(
            refusal.Kind == RefusalKind.NotAllowed ? Wording.Fill(CommandTexts.NotADemonstration, directory) : refusal.Detail
        );
        return CommandLine.Failed;
    }
}
