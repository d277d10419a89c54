using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Storage;

/// <summary>Which migrations a database has seen, compared with those this program knows.</summary>
/// <param name="Last">The latest one the database has seen, or null for a new database.</param>
internal sealed record MigrationState(string? Last, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    public const string Table = "migrations_history";

    private static readonly IReadOnlyList<string> Known = ReadKnown();

    public bool IsNew => Last is null;

    public static async Task<MigrationState> ReadAsync(StatementSource source, CancellationToken cancellationToken)
    {
        var seen = new List<string>();
        if (await HasTableAsync(source, Table, cancellationToken))
        {
            await using var statement = source($"""SELECT "MigrationId" FROM {Table} ORDER BY "MigrationId" """);
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                seen.Add(rows.GetString(0));
            }
        }

        return new MigrationState(seen.LastOrDefault(), [.. Known.Except(seen)], [.. seen.Except(Known)]);
    }

    public static async Task<bool> HasTableAsync(StatementSource source, string table, CancellationToken cancellationToken)
    {
        await using var statement = source("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $table", ("$table", table));
        return await statement.ExecuteScalarAsync() is not null;
    }

    /// <exception cref="UnusableStorageException">A newer version of the program has written the database.</exception>
    public void RefuseNewer(string file)
    {
        if (Unknown.Count > 0)
        {
            throw new UnusableStorageException(
                $"{file} was written by a newer version of NinjaIam: this version does not know {string.Join(", ", Unknown)}. "
                    + "Use the newer version, or restore a backup that this version made."
            );
        }
    }

    private static IReadOnlyList<string> ReadKnown()
    {
        using var context = new SqliteDesignTimeFactory().CreateDbContext([]);
        return [.. context.Database.GetMigrations()];
    }
}
