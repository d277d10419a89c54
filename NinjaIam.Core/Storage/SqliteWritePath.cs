using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Storage;

/// <summary>One writer takes waiting operations from a bounded queue; each runs in an immediate transaction of its own.</summary>
internal sealed partial class SqliteWritePath(
    SqliteDatabase database,
    IOptions<StorageOptions> options,
    TimeProvider clock,
    IEnumerable<Remembered> remembered,
    ILogger<SqliteWritePath> logger
) : BackgroundService, IWritePath
{
    private readonly Remembered[] _remembered = [.. remembered];
    private readonly Channel<Operation> _queue = Channel.CreateBounded<Operation>(
        new BoundedChannelOptions(options.Value.WriteQueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    public Task<T> RunAsync<T>(Func<WriteScope, Task<T>> work, CancellationToken cancellationToken)
    {
        var operation = new Operation<T>(work, cancellationToken);
        if (!_queue.Writer.TryWrite(operation))
        {
            throw new WriteQueueFullException();
        }

        return operation.Answer;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is finished before the process ends.
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenWriterAsync(CancellationToken.None);
        await foreach (var operation in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await operation.RunAsync(connection, clock.GetUtcNow(), _remembered);
            }
            catch (Exception exception)
            {
                // The caller has the exception already; the writer itself must go on.
                WriteFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A write failed and left nothing behind.")]
    private partial void WriteFailed(Exception exception);

    private abstract class Operation
    {
        public abstract Task RunAsync(SqliteConnection connection, DateTimeOffset now, IEnumerable<Remembered> remembered);
    }

    private sealed class Operation<T>(Func<WriteScope, Task<T>> work, CancellationToken cancellationToken) : Operation
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Answer => _answer.Task;

        public override async Task RunAsync(SqliteConnection connection, DateTimeOffset now, IEnumerable<Remembered> remembered)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _answer.TrySetCanceled(cancellationToken);
                return;
            }

            try
            {
                await using var scope = new WriteScope(connection, connection.BeginTransaction(deferred: false), now);
                var answer = await work(scope);
                await scope.EndAsync(commit: answer is not IMayRefuse { IsRefused: true }, remembered);
                _answer.TrySetResult(answer);
            }
            catch (Exception exception)
            {
                _answer.TrySetException(exception);
                throw;
            }
        }
    }
}
