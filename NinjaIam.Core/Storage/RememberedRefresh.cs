using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.Storage;

/// <summary>Loads what is remembered before the portal serves, and compares the versions twice a second afterwards.</summary>
internal sealed partial class RememberedRefresh(
    IEnumerable<Remembered> remembered,
    SqliteDatabase database,
    ILogger<RememberedRefresh> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<Remembered, long> _seen = remembered.ToDictionary(each => each, _ => 0L);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = await database.VersionsAsync(cancellationToken);
        foreach (var each in _seen.Keys)
        {
            await each.ReloadAsync(cancellationToken);
            _seen[each] = now.GetValueOrDefault(each.Concern);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // What is remembered stays as it is; the next round compares again.
                    RefreshFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping.
        }
    }

    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = await database.VersionsAsync(cancellationToken);
        foreach (var each in _seen.Keys)
        {
            var version = now.GetValueOrDefault(each.Concern);
            if (version != _seen[each] && await each.CatchUpAsync())
            {
                _seen[each] = version;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What another process changed could not be read.")]
    private partial void RefreshFailed(Exception exception);
}
