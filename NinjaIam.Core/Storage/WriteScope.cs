using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace NinjaIam.Core.Storage;

/// <summary>One write operation: its connection, its transaction, and an EF context over both for the plain tables.</summary>
public sealed class WriteScope : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PreparedStatements _statements;
    private readonly SqliteTransaction _transaction;
    private List<Action>? _afterCommit;
    private List<string>? _touched;
    private NinjaIamDbContext? _context;

    internal WriteScope(
        SqliteConnection connection,
        PreparedStatements statements,
        SqliteTransaction transaction,
        DateTimeOffset now,
        object? carried
    )
    {
        (_connection, _statements, _transaction) = (connection, statements, transaction);
        Now = now;
        Carried = carried;
    }

    /// <summary>The instant of this operation, in UTC. Everything one operation writes carries the same instant.</summary>
    public DateTimeOffset Now { get; }

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

    /// <summary>The concerns that this operation moved on.</summary>
    internal IReadOnlyCollection<string> Touched => _touched ?? [];

    internal IReadOnlyList<Action> AfterCommitActions => _afterCommit ?? [];

    /// <summary>
    /// What an operation hands to the next one of the same transaction, or null in the first: it saves reading again what nobody else can
    /// have changed. An operation that leaves nothing behind hands nothing on.
    /// </summary>
    internal object? Carried { get; set; }

    /// <summary>A statement in this scope's transaction. Parameters are given as name and value; dispose it after use.</summary>
    public SqlStatement Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _statements.Get(sql, parameters);

    /// <summary>Runs after the transaction is durable, in the order given; never when it was rolled back. Return at once.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal void Touch(string concern) => (_touched ??= []).Add(concern);

    public ValueTask DisposeAsync() => _context?.DisposeAsync() ?? ValueTask.CompletedTask;
}
