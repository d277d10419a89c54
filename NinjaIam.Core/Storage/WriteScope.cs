using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NinjaIam.Core.Storage;

/// <summary>One write operation: its connection, its transaction, and an EF context over both for the plain tables.</summary>
public sealed class WriteScope : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly List<Action> _afterCommit = [];
    private NinjaIamDbContext? _context;

    internal WriteScope(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset now)
    {
        (_connection, _transaction) = (connection, transaction);
        Now = now;
    }

    /// <summary>The instant of this operation, in UTC. Everything one operation writes carries the same instant.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The concerns that this operation moved on.</summary>
    internal HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public NinjaIamDbContext Database
    {
        get
        {
            if (_context is null)
            {
                _context = SqliteDatabase.CreateWriterContext(_connection);
                _context.BelongsTo(this);
                _context.Database.UseTransaction(_transaction);
            }

            return _context;
        }
    }

    /// <summary>A statement in this scope's transaction. Parameters are given as name and value; dispose it after use.</summary>
    public SqliteCommand Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _connection.Prepare(sql, _transaction, parameters);

    /// <summary>Runs after the transaction is durable, in the order given; never when it was rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal async Task EndAsync(bool commit, IEnumerable<Remembered> remembered)
    {
        if (!commit)
        {
            await _transaction.RollbackAsync();
            return;
        }

        await _transaction.CommitAsync();
        foreach (var each in remembered.Where(each => Touched.Contains(each.Concern)))
        {
            await each.CatchUpAsync();
        }

        foreach (var action in _afterCommit)
        {
            action();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            await _context.DisposeAsync();
        }

        await _transaction.DisposeAsync();
    }
}
