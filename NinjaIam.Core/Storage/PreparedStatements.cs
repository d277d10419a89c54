using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

/// <summary>The statements of one connection, each compiled once and used again. Not for several threads at a time.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    // Filters make texts of their own; what is beyond this is compiled for one use.
    private const int MostKept = 256;

    private readonly Dictionary<string, SqlStatement> _kept = new(StringComparer.Ordinal);

    /// <summary>A statement with these parameters, ready to run. Dispose it after use: that makes it free again.</summary>
    public SqlStatement Get(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_kept.TryGetValue(sql, out var statement))
        {
            statement = new SqlStatement(connection, sql, isKept: _kept.Count < MostKept);
            if (_kept.Count < MostKept)
            {
                _kept.Add(sql, statement);
            }
        }
        else if (statement.IsTaken)
        {
            statement = new SqlStatement(connection, sql, isKept: false);
        }

        statement.Take(parameters);
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
}
