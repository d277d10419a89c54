namespace NinjaIam.Core.Storage.Resources;

/// <summary>The definitions of schemas and resource types that the resources are stored under, so that a database explains itself.</summary>
internal static class StoredDefinitions
{
    /// <summary>What a database has that nothing was ever defined for.</summary>
    public const string None = "[]";

    public const string Create = """
        CREATE TABLE definitions (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            documents TEXT NOT NULL
        );
        """;

    public static async Task<string> ReadAsync(StatementSource source)
    {
        await using var statement = source("SELECT documents FROM definitions");
        return await statement.ExecuteScalarAsync() as string ?? None;
    }

    public static async Task WriteAsync(WriteScope scope, string documents)
    {
        await using var statement = scope.Statement(
            "INSERT INTO definitions(id, documents) VALUES (1, $documents) ON CONFLICT(id) DO UPDATE SET documents = $documents",
            ("$documents", documents)
        );
        await statement.ExecuteNonQueryAsync();
    }
}
