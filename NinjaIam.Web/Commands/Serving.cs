using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Commands;

/// <summary>Runs a portal until it is stopped.</summary>
internal static class Serving
{
    /// <param name="serves">Runs once the portal answers requests; answers an exit code to stop again with, or null to go on.</param>
    /// <exception cref="InvalidSettingException">The portal cannot listen where it should.</exception>
    public static async Task<int> UntilStoppedAsync(
        PortalSettings settings,
        Func<WebApplication, Task<int?>> serves,
        CancellationToken stop
    )
    {
        await using var app = PortalApplication.Build(settings);
        var urls = PortalConfiguration.UrlsOf(app.Configuration, settings.Urls);
        try
        {
            await app.StartServingAsync(stop);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new InvalidSettingException($"{exception.Message} Choose another one with {CommandLine.Urls}.");
        }
        catch (Exception exception) when (exception is SocketException || IsAboutHttps(exception, urls))
        {
            throw new InvalidSettingException(
                $"The portal can't listen on {urls}. {exception.Message} Choose another address with {CommandLine.Urls}."
            );
        }

        if (await serves(app) is { } exitCode)
        {
            await app.StopAsync(CancellationToken.None);
            return exitCode;
        }

        await app.WaitForShutdownAsync(stop);
        return CommandLine.Success;
    }

    // The server has no exception of its own for a missing certificate.
    private static bool IsAboutHttps(Exception exception, string urls) =>
        exception is InvalidOperationException && urls.Contains("https:", StringComparison.OrdinalIgnoreCase);
}
