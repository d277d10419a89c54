using Microsoft.Data.Sqlite;
using SQLitePCL;

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
    private readonly Func<ReadSession, ValueTask> _giveBack;
    private bool _hasSnapshot;

    internal ReadSession(SqliteConnection connection, TimeSpan deadline, Func<ReadSession, ValueTask> giveBack)
    {
        _connection = connection;
        _statements = new PreparedStatements(connection);
        _deadline = SqliteDeadline.Set(connection, deadline);
        _giveBack = giveBack;
    }

    /// <summary>A statement on this connection. Parameters are given as name and value; dispose it after use.</summary>
    public SqlStatement Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _statements.Get(sql, parameters);

    /// <summary>From here on everything this session reads is of one instant.</summary>
    public void BeginSnapshot()
    {
        Run("BEGIN");
        _hasSnapshot = true;
    }

    /// <summary>Gives the running statement the whole deadline again: for answers that are streamed and move on.</summary>
    public void RestartDeadline() => _deadline.Restart();

    public ValueTask DisposeAsync()
    {
        // Some failures end a transaction by themselves.
        if (_hasSnapshot && raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Run("COMMIT");
        }

        _hasSnapshot = false;
        return _giveBack(this);
    }

    private void Run(string sql)
    {
        using var statement = Statement(sql);
        statement.ExecuteNonQuery();
    }

    internal void Close()
    {
        _statements.Dispose();
        _connection.Dispose();
    }
}
