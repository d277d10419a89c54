using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>Reads of a database that a test can let fail, or hold back after their rows were read.</summary>
public sealed class WatchedReads(SqliteDatabase database) : IReadSessions
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private TaskCompletionSource? _hold;

    /// <summary>What every read throws, while it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Holds the next read back, its rows already read, until the source is completed.</summary>
    public TaskCompletionSource HoldNext() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ReadSession> OpenReaderAsync(CancellationToken cancellationToken)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        var connection = await database.OpenUnpooledAsync(cancellationToken);
        return new ReadSession(connection, Deadline, CloseAsync);
    }

    private async ValueTask CloseAsync(ReadSession session)
    {
        if (Interlocked.Exchange(ref _hold, null) is { } hold)
        {
            await hold.Task;
        }

        session.Close();
    }
}
