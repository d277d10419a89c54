using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.Storage;

/// <summary>Something a process keeps in memory for speed and reads again when its <see cref="Storage.Concern"/> moved on.</summary>
public interface IRemembered
{
    string Concern { get; }

    Task ReloadAsync(CancellationToken cancellationToken);
}

/// <summary>Loads what is remembered before the portal serves, and compares the versions twice a second afterwards.</summary>
internal sealed partial class RememberedRefresh(
    IEnumerable<IRemembered> remembered,
    SqliteDatabase database,
    ILogger<RememberedRefresh> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly IRemembered[] _remembered = [.. remembered];
    private IReadOnlyDictionary<string, long> _seen = new Dictionary<string, long>();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = await database.VersionsAsync(cancellationToken);
        foreach (var each in _remembered)
        {
            await each.ReloadAsync(cancellationToken);
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

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = await database.VersionsAsync(cancellationToken);
        foreach (var each in _remembered.Where(each => now.GetValueOrDefault(each.Concern) != _seen.GetValueOrDefault(each.Concern)))
        {
            await each.ReloadAsync(cancellationToken);
        }

        _seen = now;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What another process changed could not be read.")]
    private partial void RefreshFailed(Exception exception);
}
