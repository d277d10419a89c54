using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.Storage;

/// <summary>
/// Something a process keeps in memory for speed and reads again when its <see cref="Storage.Concern"/> moved on. One reading follows the
/// other, so that an older one never takes the place of a newer one.
/// </summary>
public abstract partial class Remembered(string concern, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _oneReading = new(1, 1);

    public string Concern { get; } = concern;

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _oneReading.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
        }
        finally
        {
            _oneReading.Release();
        }
    }

    /// <summary>
    /// Reads what was committed, and answers whether that worked. It throws nothing, as what was committed stands and its caller has to
    /// hear of it; the refresh reads again until it works.
    /// </summary>
    public async Task<bool> CatchUpAsync()
    {
        try
        {
            await ReloadAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            ReadingFailed(exception, Concern);
            return false;
        }
    }

    public void Dispose()
    {
        _oneReading.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads everything and then puts it in the place of what was remembered, in one step.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Concern} that changed could not be read. They are read again at once.")]
    private partial void ReadingFailed(Exception exception, string concern);
}
