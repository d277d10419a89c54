using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

/// <summary>
/// One reader's connection, for as long as it is held: statements stay compiled from one read to the next. A statement that computes
/// longer than the configured deadline ends with SQLITE_INTERRUPT.
/// </summary>
public sealed class ReadSession : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PreparedStatements _statements;
    private readonly SqliteDeadline _deadline;
    private readonly Action<ReadSession> _giveBack;
    private SqliteTransaction? _snapshot;

    internal ReadSession(SqliteConnection connection, TimeSpan deadline, Action<ReadSession> giveBack)
    {
        _connection = connection;
        _statements = new PreparedStatements(connection);
        _deadline = SqliteDeadline.Set(connection, deadline);
        _giveBack = giveBack;
    }

    /// <summary>A statement on this connection. Parameters are given as name and value; dispose it after use.</summary>
    public SqliteCommand Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _statements.Get(sql, _snapshot, parameters);

    /// <summary>From here on everything this session reads is of one instant.</summary>
    public void BeginSnapshot() => _snapshot = _connection.BeginTransaction(deferred: true);

    /// <summary>Gives the running statement the whole deadline again: for answers that are streamed and move on.</summary>
    public void RestartDeadline() => _deadline.Restart();

    public ValueTask DisposeAsync()
    {
        _snapshot?.Dispose();
        _snapshot = null;
        _giveBack(this);
        return ValueTask.CompletedTask;
    }

    internal void Close()
    {
        _statements.Dispose();
        _connection.Dispose();
    }
}
