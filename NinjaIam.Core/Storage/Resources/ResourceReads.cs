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

    /// <summary>A part of a list, each resource with its place there. Towards the start the last one read is the first of the list.</summary>
    public static async Task<List<(StoredDocument Document, string? Key)>> ListAsync(
        StatementSource source,
        Guid provider,
        string type,
        ResourceCondition? condition,
        ListWindow window
    )
    {
        var found = new List<(StoredDocument, string?)>();
        var skip = window.Skip;
        var from = window.From;
        var startsFromResource = window.IsOfFew || condition is { Unindexed: null };
        foreach (var part in window.Order.Parts(from?.Backwards == true, startsFromResource))
        {
            if (from is not null && from.Key is null != part.Key is null)
            {
                // The place is in a later part.
                continue;
            }

            await ReadPartAsync(source, provider, type, condition, window, part, from, skip, found);
            from = null;
            if (found.Count == window.Take)
            {
                break;
            }

            if (skip > 0)
            {
                skip = found.Count > 0 ? 0 : skip - await CountAsync(source, provider, type, condition, part, window.Order);
            }
        }

        return found;
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

    private static async Task ReadPartAsync(
        StatementSource source,
        Guid provider,
        string type,
        ResourceCondition? condition,
        ListWindow window,
        OrderedPart part,
        ListPosition? from,
        long skip,
        List<(StoredDocument, string?)> found
    )
    {
        List<(string Name, object? Value)> parameters =
        [
            .. Parameters(provider, type, condition, window.Order),
            ("$take", window.Take - found.Count),
            ("$skip", skip),
        ];
        if (from is not null)
        {
            parameters.Add(("$seq", from.Seq));
            if (from.Key is { } key)
            {
                parameters.Add(("$key", key));
            }
        }

        await using var statement = source(
            $"""
            SELECT {DocumentColumns}, {part.Key ?? "NULL"} FROM {part.From}
            WHERE {Live} AND {part.Condition}{And(condition)}{(from is null ? "" : $" AND {part.After}")}
            ORDER BY {part.OrderBy} LIMIT $take OFFSET $skip
            """,
            [.. parameters]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add((ReadDocument(rows), rows.GetText(6)));
        }
    }

    private static async Task<long> CountAsync(
        StatementSource source,
        Guid provider,
        string type,
        ResourceCondition? condition,
        OrderedPart part,
        ResourceOrder order
    )
    {
        await using var statement = source(
            $"SELECT COUNT(*) FROM {part.From} WHERE {Live} AND {part.Condition}{And(condition)}",
            [.. Parameters(provider, type, condition, order)]
        );
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

    private static IEnumerable<(string Name, object? Value)> Parameters(
        Guid provider,
        string type,
        ResourceCondition? condition,
        ResourceOrder? order = null
    )
    {
        var parameters = ((string Name, object? Value)[])[("$provider", provider), ("$type", type), .. condition?.Parameters ?? []];
        return order?.Attribute is { } attribute ? parameters.Append(("$sort", attribute)) : parameters;
    }
}
