using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

/// <summary>The statements of one connection, each compiled once and used again. Not for several threads at a time.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    // Filters make texts of their own; what is beyond this is compiled for one use.
    private const int MostKept = 256;

    private readonly Dictionary<string, Reusable> _kept = new(StringComparer.Ordinal);

    /// <summary>A command with these parameters, ready to run. Dispose it (and its reader) as any other: that makes it free again.</summary>
    public SqliteCommand Get(string sql, SqliteTransaction? transaction, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_kept.TryGetValue(sql, out var statement))
        {
            if (_kept.Count >= MostKept)
            {
                return connection.Prepare(sql, transaction, parameters);
            }

            statement = new Reusable(connection, sql);
            _kept.Add(sql, statement);
        }
        else if (statement.IsTaken)
        {
            return connection.Prepare(sql, transaction, parameters);
        }

        statement.Take(transaction, parameters);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _kept.Values)
        {
            statement.Retire();
        }

        _kept.Clear();
    }

    private sealed class Reusable : SqliteCommand
    {
        private bool _isRetired;

#pragma warning disable CA2100 // Callers pass constants or text made by the filter translator, which never contains a client's value.
        public Reusable(SqliteConnection connection, string sql)
            : base(sql, connection) { }
#pragma warning restore CA2100

        public bool IsTaken { get; private set; }

        public void Take(SqliteTransaction? transaction, ReadOnlySpan<(string Name, object? Value)> parameters)
        {
            IsTaken = true;
            Transaction = transaction;
            if (Parameters.Count == 0)
            {
                foreach (var (name, value) in parameters)
                {
                    Parameters.AddWithValue(name, SqliteStatements.ToStored(value));
                }

                return;
            }

            for (var index = 0; index < parameters.Length; index++)
            {
                Parameters[index].Value = SqliteStatements.ToStored(parameters[index].Value);
            }
        }

        public void Retire()
        {
            _isRetired = true;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (_isRetired || !disposing)
            {
                base.Dispose(disposing);
                return;
            }

            IsTaken = false;
        }
    }
}
