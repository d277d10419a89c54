using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Ends what is due: tokens that an administrator chose to end 24 hours after their successor was first used, and pauses whose time has come.
/// </summary>
public sealed partial class ConnectionCare(
    IWritePath writePath,
    ScimTokens tokens,
    ScimConnections connections,
    TimeProvider clock,
    ILogger<ConnectionCare> logger
) : BackgroundService
{
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Ends the tokens that are due now and answers how many.</summary>
    public Task<int> EndDueAsync(CancellationToken cancellationToken) =>
        writePath.RunAsync(
            async scope =>
            {
                var used = scope.Now - Overlap;
                var all = scope.Database.ScimTokens;
                var providers = scope.Database.IdentityProviders;
                var due = await (
                    from token in all
                    join next in all on token.ReplacedBy equals next.PublicId
                    join provider in providers on token.ProviderId equals provider.Id
                    where
                        token.RevokedAt == null && token.EndsAfterReplacementIsUsed && next.FirstUsedAt != null && next.FirstUsedAt <= used
                    select new { token, provider.DisplayName }
                ).ToListAsync(CancellationToken.None);
                foreach (var row in due)
                {
                    await tokens.RevokeAsync(scope, row.token, row.DisplayName, Origin.Of(Actor.System));
                }

                return due.Count;
            },
            cancellationToken
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await EndDueAsync(CancellationToken.None);
                    await connections.EndPausesAsync(CancellationToken.None);
                }
                catch (Exception exception)
                {
                    // The next minute tries again; what is due lives on until then.
                    CareFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Tokens or pauses that are due could not be ended.")]
    private partial void CareFailed(Exception exception);
}
