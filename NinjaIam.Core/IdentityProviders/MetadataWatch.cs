using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Looks once a minute whose metadata is due to be read again.</summary>
internal sealed partial class MetadataWatch(
    MetadataRefreshes refreshes,
    PortalAddress address,
    TimeProvider clock,
    ILogger<MetadataWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // Reading must not hold up whoever moves the clock on.
                await Task.Yield();
                try
                {
                    // The mails name the address of the portal.
                    if (address.IsSettled)
                    {
                        await refreshes.CheckDueAsync(stoppingToken);
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The next minute tries again.
                    CheckFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Metadata that is due could not be read again.")]
    private partial void CheckFailed(Exception exception);
}
