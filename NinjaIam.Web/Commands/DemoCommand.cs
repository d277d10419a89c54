using Microsoft.Data.Sqlite;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Shared;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>An installation to try out, filled with made-up organizations, identity providers, people and groups.</summary>
internal sealed class DemoCommand(Terminal terminal)
{
    /// <summary>Without a place to keep it, a temporary directory is used and removed at the end.</summary>
    public async Task<int> RunAsync(CommandOptions options, CancellationToken stop)
    {
        if (options[CommandLine.Data] is { } data)
        {
            return await ServeAsync(options, data, isKept: true, stop);
        }

        var directory = Directory.CreateTempSubdirectory("ninjaiam-demo-").FullName;
        try
        {
            return await ServeAsync(options, directory, isKept: false, stop);
        }
        finally
        {
            // Pooled connections keep the files open, which some systems do not allow for what is deleted.
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    private Task<int> ServeAsync(CommandOptions options, string directory, bool isKept, CancellationToken stop) =>
        Serving.UntilStoppedAsync(
            new PortalSettings
            {
                Urls = options[CommandLine.Urls],
                DataDirectory = directory,
                Definitions = options[CommandLine.Definitions],
                IsDemonstration = true,
                // Whoever tries it signs in with what the terminal shows, and with nothing else.
                SecondFactor = SecondFactorRule.Offered,
            },
            async app =>
            {
                app.Services.GetRequiredService<InstallationNotice>()
                    .Show(isKept ? CommandTexts.DemonstrationKept : CommandTexts.DemonstrationGone);
                var prepared = await ActivatorUtilities
                    .CreateInstance<Demonstration>(app.Services)
                    .PrepareAsync(options.Has(CommandLine.Bare), stop);
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
