using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.Storage;

/// <summary>
/// Keeps something off the path of requests: it waits in memory, merged by key, and is written in batches, every so often and when the
/// program stops.
/// </summary>
public abstract partial class WriteBehind<TKey, TValue>(TimeSpan every, ILogger logger) : BackgroundService
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private Dictionary<TKey, TValue> _waiting = [];

    /// <summary>How many keys are waiting.</summary>
    protected int WaitingCount
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Writes what is waiting now. When that fails, it goes on waiting and the failure is thrown.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var batch = Take();
            if (batch.Count == 0)
            {
                return;
            }

            try
            {
                await WriteAsync(batch, cancellationToken);
            }
            catch
            {
                PutBack(batch);
                throw;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _writing.Dispose();
        _wake.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What stands for both values of one key.</summary>
    protected abstract TValue Merge(TValue earlier, TValue later);

    /// <summary>Writes the whole batch or nothing of it.</summary>
    protected abstract Task WriteAsync(IReadOnlyDictionary<TKey, TValue> batch, CancellationToken cancellationToken);

    protected void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            _waiting[key] = _waiting.TryGetValue(key, out var earlier) ? Merge(earlier, value) : value;
        }
    }

    protected void Forget(TKey key)
    {
        lock (_lock)
        {
            _waiting.Remove(key);
        }
    }

    /// <summary>Has what is waiting written soon instead of at its time.</summary>
    protected void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(every, stoppingToken);
                await FlushAsync(CancellationToken.None);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program is stopping; StopAsync writes the rest.
            }
            catch (Exception exception)
            {
                // The portal itself must not stop for it.
                WriteFailed(exception);
            }
        }
    }

    private Dictionary<TKey, TValue> Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    private void PutBack(Dictionary<TKey, TValue> batch)
    {
        lock (_lock)
        {
            foreach (var (key, earlier) in batch)
            {
                _waiting[key] = _waiting.TryGetValue(key, out var later) ? Merge(earlier, later) : earlier;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was waiting could not be written. It is tried again.")]
    private partial void WriteFailed(Exception exception);
}
