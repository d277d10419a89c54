using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Looks once a minute whether the end of a token or of a signing certificate is to be announced.</summary>
internal sealed partial class EndWatch(
    TokenNotices tokens,
    CertificateNotices certificates,
    PortalAddress address,
    TimeProvider clock,
    ILogger<EndWatch> logger
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
                        await tokens.AnnounceDueAsync(CancellationToken.None);
                        await certificates.AnnounceDueAsync(CancellationToken.None);
                    }
                }
                catch (Exception exception)
                {
                    // The next minute tries again.
                    AnnouncingFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of tokens and certificates could not be announced.")]
    private partial void AnnouncingFailed(Exception exception);
}
