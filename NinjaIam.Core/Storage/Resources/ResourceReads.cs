using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage.Resources;

/// <summary>
/// A condition on resources as SQL text with its parameters. The alias of the resource is <c>r</c>; <c>$provider</c> and <c>$type</c>
/// may be used.
/// </summary>
/// <param name="Unindexed">An attribute that no index finds, so that everything has to be read; or null.</param>
internal sealed record ResourceCondition(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters, string? Unindexed);

/// <summary>Reads resources. Every statement is scoped by provider and type.</summary>
internal static class ResourceReads
{
    private const string Columns =
        "r.seq, r.id, r.provider, r.type, r.name_key, r.external_id, r.active, r.deleted_at, r.version, r.created, r.modified, r.doc";

    private const string DocumentColumns = "r.seq, r.id, r.version, r.created, r.modified, r.doc";

    private const string Live = "r.provider = $provider AND r.type = $type AND r.deleted_at IS NULL";

    public static Task<ResourceRow?> ByIdAsync(StatementSource source, Guid provider, string type, Guid id) =>
        FirstAsync(
            source,
            $"SELECT {Columns} FROM resources r WHERE r.id = $id AND {Live}",
            ("$provider", provider),
            ("$type", type),
            ("$id", id)
        );

    /// <summary>The live one, else the one that was deleted last, and not before <paramref name="since"/>.</summary>
    public static Task<ResourceRow?> LastByExternalIdAsync(
        StatementSource source,
        Guid provider,
        string type,
        string externalId,
        DateTimeOffset since
    ) =>
        FirstAsync(
            source,
            $"""
            SELECT {Columns} FROM resources r
            WHERE r.provider = $provider AND r.type = $type AND r.external_id = $external AND (r.deleted_at IS NULL OR r.deleted_at >= $since)
            ORDER BY r.deleted_at IS NULL DESC, r.deleted_at DESC, r.seq DESC LIMIT 1
            """,
            ("$provider", provider),
            ("$type", type),
            ("$external", externalId),
            ("$since", since)
        );

    /// <summary>The live one, else the one that was deleted last, and not before <paramref name="since"/>.</summary>
    /// <param name="onlyDeletedWithoutExternalId">Passes over deleted ones whose external id tells them from anybody else.</param>
    public static Task<ResourceRow?> LastByNameAsync(
        StatementSource source,
        Guid provider,
        string type,
        string nameKey,
        bool onlyDeletedWithoutExternalId,
        DateTimeOffset since
    ) =>
        FirstAsync(
            source,
            $"""
            SELECT {Columns} FROM resources r
            WHERE r.provider = $provider AND r.type = $type AND r.name_key = $key
                AND (r.deleted_at IS NULL OR (r.deleted_at >= $since AND (r.external_id IS NULL OR $any)))
            ORDER BY r.deleted_at IS NULL DESC, r.deleted_at DESC, r.seq DESC LIMIT 1
            """,
            ("$provider", provider),
            ("$type", type),
            ("$key", nameKey),
            ("$any", !onlyDeletedWithoutExternalId),
            ("$since", since)
        );

    /// <summary>One live resource, or null.</summary>
    public static async Task<StoredDocument?> DocumentAsync(StatementSource source, Guid provider, string type, Guid id)
    {
        await using var statement = source(
            $"SELECT {DocumentColumns} FROM resources r WHERE r.id = $id AND {Live}",
            ("$provider", provider),
            ("$type", type),
            ("$id", id)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? ReadDocument(rows) : null;
    }

    public static async Task<IReadOnlyList<StoredDocument>> ListAsync(
        StatementSource source,
        Guid provider,
        string type,
        ResourceCondition? condition,
        long skip,
        int take
    )
    {
        var documents = new List<StoredDocument>();
        await using var statement = source(
            $"SELECT {DocumentColumns} FROM resources r WHERE {Live}{And(condition)} ORDER BY r.seq LIMIT $take OFFSET $skip",
            [.. Parameters(provider, type, condition), ("$take", take), ("$skip", skip)]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            documents.Add(ReadDocument(rows));
        }

        return documents;
    }

    /// <summary>Exact; without a condition it is one row of the counters.</summary>
    public static async Task<long> CountAsync(StatementSource source, Guid provider, string type, ResourceCondition? condition)
    {
        await using var statement = condition is null
            ? source(
                "SELECT COALESCE(SUM(total), 0) FROM counters WHERE provider = $provider AND type = $type",
                ("$provider", provider),
                ("$type", type)
            )
            : source($"SELECT COUNT(*) FROM resources r WHERE {Live}{And(condition)}", [.. Parameters(provider, type, condition)]);
        return (long)(await statement.ExecuteScalarAsync())!;
    }

    internal static ResourceRow Read(SqliteDataReader row) =>
        new()
        {
            Seq = row.GetInt64(0),
            Id = row.GetId(1),
            Provider = row.GetId(2),
            Type = row.GetString(3),
            NameKey = row.GetString(4),
            ExternalId = row.GetText(5),
            Active = row.GetBoolean(6),
            DeletedAt = row.IsDBNull(7) ? null : row.GetInstant(7),
            Version = row.GetInt64(8),
            Created = row.GetInstant(9),
            Modified = row.GetInstant(10),
            Doc = row.GetString(11),
        };

    private static StoredDocument ReadDocument(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetId(1), row.GetInt64(2), row.GetInstant(3), row.GetInstant(4), row.GetFieldValue<byte[]>(5));

    private static async Task<ResourceRow?> FirstAsync(StatementSource source, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var statement = source(sql, parameters);
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? Read(rows) : null;
    }

    private static string And(ResourceCondition? condition) => condition is null ? "" : $" AND ({condition.Sql})";

    private static IEnumerable<(string Name, object? Value)> Parameters(Guid provider, string type, ResourceCondition? condition) =>
        [("$provider", provider), ("$type", type), .. condition?.Parameters ?? []];
}
