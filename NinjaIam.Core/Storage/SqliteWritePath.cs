using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Outcomes;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>
/// One writer takes what waits, runs it in one immediate transaction, each operation behind a savepoint, and answers after COMMIT:
/// however many wait, they share one flush of the disk.
/// </summary>
internal sealed partial class SqliteWritePath(
    SqliteDatabase database,
    IOptions<StorageOptions> options,
    TimeProvider clock,
    IEnumerable<Remembered> remembered,
    ILogger<SqliteWritePath> logger
) : BackgroundService, IWritePath
{
    // The first operation of a transaction waits for the last: these bound by how much.
    private const int MostTogether = 512;
    private static readonly TimeSpan LongestTogether = TimeSpan.FromMilliseconds(20);

    private readonly Remembered[] _remembered = [.. remembered];
    private readonly WriteQueue<Operation> _queue = new(options.Value.WriteQueueLength);

    public Task<T> RunAsync<T>(Guid lane, Func<WriteScope, Task<T>> work, CancellationToken cancellationToken)
    {
        var operation = new Operation<T>(work, cancellationToken);
        return _queue.TryAdd(lane, operation) ? operation.Answer : throw new WriteQueueFullException();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was accepted is finished before the process ends.
        _queue.Complete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _queue.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.WaitAsync())
        {
            try
            {
                await using var connection = await database.OpenWriterAsync(CancellationToken.None);
                using var statements = new PreparedStatements(connection);
                await WriteAsync(connection, statements);
            }
            catch (Exception exception)
            {
                // Not even a transaction could begin. What waits hears of it, and what comes next is tried on a new connection.
                WriteFailed(exception);
                for (var failed = 0; failed < MostTogether && _queue.TryTake(out var operation); failed++)
                {
                    operation.Fail(exception);
                }
            }
        }
    }

    /// <summary>Writes what comes until nothing will come any more. Throws when the connection can't begin a transaction.</summary>
    private async Task WriteAsync(SqliteConnection connection, PreparedStatements statements)
    {
        var together = new List<Operation>(MostTogether);
        while (await _queue.WaitAsync())
        {
            together.Clear();
            try
            {
                var touched = await RunTogetherAsync(connection, statements, together);
                foreach (var each in _remembered.Where(each => touched.Contains(each.Concern)))
                {
                    await each.CatchUpAsync();
                }
            }
            catch (Exception exception) when (together.Count > 0)
            {
                // Nothing of this transaction is stored. The callers get the exception; the writer itself must go on.
                WriteFailed(exception);
                foreach (var operation in together)
                {
                    operation.Fail(exception);
                }

                continue;
            }

            foreach (var operation in together)
            {
                operation.End(WriteFailed);
            }
        }
    }

    /// <summary>Answers the concerns that were moved on, once everything is durable.</summary>
    private async Task<IReadOnlySet<string>> RunTogetherAsync(
        SqliteConnection connection,
        PreparedStatements statements,
        List<Operation> together
    )
    {
        var started = clock.GetTimestamp();
        await using var transaction = connection.BeginTransaction(deferred: false);
        object? carried = null;
        var touched = new HashSet<string>(StringComparer.Ordinal);
        while (together.Count < MostTogether && clock.GetElapsedTime(started) < LongestTogether && _queue.TryTake(out var operation))
        {
            together.Add(operation);
            if (operation.IsWithdrawn)
            {
                continue;
            }

            Run(statements, "SAVEPOINT operation");
            await using (var scope = new WriteScope(connection, statements, transaction, clock.GetUtcNow(), carried))
            {
                if (await operation.RunAsync(scope))
                {
                    carried = scope.Carried;
                    touched.UnionWith(scope.Touched);
                }
                else if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
                {
                    // Some failures, a full disk among them, end the whole transaction and not only the statement.
                    throw operation.Failure ?? new InvalidOperationException("The transaction ended by itself.");
                }
                else
                {
                    Run(statements, "ROLLBACK TO operation");
                }
            }

            Run(statements, "RELEASE operation");
        }

        await transaction.CommitAsync(CancellationToken.None);
        return touched;
    }

    private static void Run(PreparedStatements statements, string sql)
    {
        using var statement = statements.Get(sql);
        statement.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A write failed and left nothing behind.")]
    private partial void WriteFailed(Exception exception);

    private abstract class Operation
    {
        public abstract bool IsWithdrawn { get; }

        /// <summary>What the work threw.</summary>
        public Exception? Failure { get; protected set; }

        /// <summary>False when nothing of it may remain.</summary>
        public abstract Task<bool> RunAsync(WriteScope scope);

        /// <summary>Answers, now that the transaction is durable.</summary>
        public abstract void End(Action<Exception> log);

        /// <summary>Answers that the transaction as a whole failed.</summary>
        public abstract void Fail(Exception exception);
    }

    private sealed class Operation<T>(Func<WriteScope, Task<T>> work, CancellationToken cancellationToken) : Operation
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _hasRun;
        private T _result = default!;
        private IReadOnlyList<Action> _afterCommit = [];

        public Task<T> Answer => _answer.Task;

        public override bool IsWithdrawn => cancellationToken.IsCancellationRequested;

        public override async Task<bool> RunAsync(WriteScope scope)
        {
            _hasRun = true;
            try
            {
                _result = await work(scope);
            }
            catch (Exception exception)
            {
                Failure = exception;
                return false;
            }

            if (_result is IMayRefuse { IsRefused: true })
            {
                return false;
            }

            _afterCommit = scope.AfterCommitActions;
            return true;
        }

        public override void End(Action<Exception> log)
        {
            if (Failure is not null)
            {
                log(Failure);
                _answer.TrySetException(Failure);
                return;
            }

            if (!_hasRun)
            {
                _answer.TrySetCanceled(cancellationToken);
                return;
            }

            foreach (var action in _afterCommit)
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    // What is durable stays done for its caller, and the others wait for their answers.
                    log(exception);
                }
            }

            _answer.TrySetResult(_result);
        }

        public override void Fail(Exception exception) => _answer.TrySetException(Failure ?? exception);
    }
}
