using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage;

/// <summary>Statements on a connection that keeps none.</summary>
public static class SqliteStatements
{
    /// <summary>A statement for one use. Parameters are given as name and value; dispose it after use.</summary>
    public static SqlStatement Statement(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        var statement = new SqlStatement(connection, sql, isKept: false);
        statement.Take(parameters);
        return statement;
    }

    /// <summary>Runs several statements that have no parameters and whose answers nobody wants.</summary>
    public static void RunScript(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
