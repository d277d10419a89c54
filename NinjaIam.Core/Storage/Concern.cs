namespace NinjaIam.Core.Storage;

/// <summary>
/// What a process keeps in memory and must read again after another door (the command line, another node) changed it.
/// Each has a row in <c>versions</c> that every change moves on.
/// </summary>
public static class Concern
{
    public const string Tokens = "tokens";
    public const string Providers = "providers";
    public const string Sessions = "sessions";

    /// <summary>
    /// Moves the version on, in the same transaction as the change itself. What this process remembers catches up before the operation
    /// is answered.
    /// </summary>
    public static async Task TouchAsync(this WriteScope scope, string concern)
    {
        await using var statement = scope.Statement(
            "INSERT INTO versions(concern, value) VALUES ($concern, 1) ON CONFLICT(concern) DO UPDATE SET value = value + 1",
            ("$concern", concern)
        );
        await statement.ExecuteNonQueryAsync();
        scope.Touch(concern);
    }

    /// <summary>The current version of each concern that was ever changed.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> VersionsAsync(
        this SqliteDatabase database,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement("SELECT concern, value FROM versions");
        await using var rows = await statement.ExecuteReaderAsync();
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            versions[rows.GetString(0)] = rows.GetInt64(1);
        }

        return versions;
    }
}
