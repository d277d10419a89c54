using System.Globalization;

namespace NinjaIam.Core.Storage.Resources;

/// <summary>
/// A condition on resources as SQL text with its parameters. The alias of the resource is <c>r</c>; <c>$provider</c> may be used.
/// </summary>
/// <param name="Unindexed">An attribute that no index finds, so that everything has to be read; or null.</param>
internal sealed record ResourceCondition(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters, string? Unindexed)
{
    public static ResourceCondition Always { get; } = new("1", [], null);

    public static ResourceCondition Never { get; } = new("0", [], null);
}

/// <summary>The resources of one type as a part of a list.</summary>
/// <param name="Condition">Null for all of them.</param>
/// <param name="IsOfFew">The provider has few resources. Keys of all providers stand together, and among them its own would be rare.</param>
internal sealed record ListSource(string Type, ResourceCondition? Condition, ResourceOrder Order, bool IsOfFew = false);

/// <summary>Reads resources. Every statement is scoped by provider and type.</summary>
internal static class ResourceReads
{
    private const string Columns =
        "r.seq, r.id, r.provider, r.type, r.name_key, r.external_id, r.active, r.deleted_at, r.version, r.created, r.modified, r.doc";

    private const string DocumentColumns = "r.id, r.version, r.created, r.modified, r.doc";

    // Without LIMIT, for which SQLite would build a table: few resources in succession share a key.
    private const string LastFirst = "ORDER BY r.deleted_at IS NULL DESC, r.deleted_at DESC, r.seq DESC";

    private const string Live = "r.provider = $provider AND r.type = $type AND r.deleted_at IS NULL";

    public static Task<ResourceRow?> ByIdAsync(StatementSource source, Guid provider, string type, Guid id) =>
        FirstAsync(
            source,
            $"SELECT {Columns} FROM resources r WHERE r.id = $id AND {Live}",
            ("$provider", provider),
            ("$type", type),
            ("$id", id)
        );

    /// <summary>A resource of the provider, live or deleted.</summary>
    public static Task<ResourceRow?> EvenDeletedAsync(StatementSource source, Guid provider, string type, Guid id) =>
        FirstAsync(
            source,
            $"SELECT {Columns} FROM resources r WHERE r.id = $id AND r.provider = $provider AND r.type = $type",
            ("$provider", provider),
            ("$type", type),
            ("$id", id)
        );

    /// <summary>The next live resources of a type, whoever's they are, for work on all of them.</summary>
    public static async Task<IReadOnlyList<(long Seq, Guid Id, Guid Provider, string Doc)>> LiveAfterAsync(
        StatementSource source,
        string type,
        long seq
    )
    {
        await using var statement = source(
            "SELECT seq, id, provider, doc FROM resources WHERE seq > $seq AND type = $type AND deleted_at IS NULL ORDER BY seq LIMIT 1000",
            ("$seq", seq),
            ("$type", type)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var live = new List<(long, Guid, Guid, string)>();
        while (await rows.ReadAsync())
        {
            live.Add((rows.GetInt64(0), rows.GetId(1), rows.GetId(2), rows.GetString(3)));
        }

        return live;
    }

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
            {LastFirst}
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
            {LastFirst}
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
            $"SELECT r.seq, {DocumentColumns} FROM resources r WHERE r.id = $id AND {Live}",
            ("$provider", provider),
            ("$type", type),
            ("$id", id)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? ReadDocument(rows) : null;
    }

    /// <summary>
    /// A part of a list over several types, each resource with the number of its source and its place in the list. Towards the start the
    /// last one read is the first of the list.
    /// </summary>
    public static async Task<List<ListedDocument>> ListAsync(
        StatementSource source,
        Guid provider,
        IReadOnlyList<ListSource> sources,
        ListWindow window
    )
    {
        var found = new List<ListedDocument>();
        var skip = window.Skip;
        var from = window.From;
        foreach (var hasKeys in (bool[])(window.IsReversed ? [false, true] : [true, false]))
        {
            if (from is not null && from.Key is null == hasKeys)
            {
                // The place is in the other part.
                continue;
            }

            var parts = sources.Select((part, number) => Part.Of(part, number, hasKeys, window.IsReversed)).OfType<Part>().ToList();
            if (parts.Count == 0)
            {
                continue;
            }

            await ReadAsync(source, provider, parts, window, from, skip, found);
            from = null;
            if (found.Count == window.Take)
            {
                break;
            }

            if (skip > 0)
            {
                skip = found.Count > 0 ? 0 : skip - await CountAsync(source, provider, parts);
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
            : source(
                $"SELECT COUNT(*) FROM resources r WHERE {Live} AND ({condition.Sql})",
                [("$provider", provider), ("$type", type), .. condition.Parameters]
            );
        return (long)(await statement.ExecuteScalarAsync())!;
    }

    private static async Task ReadAsync(
        StatementSource source,
        Guid provider,
        IReadOnlyList<Part> parts,
        ListWindow window,
        ListPosition? from,
        long skip,
        List<ListedDocument> found
    )
    {
        List<(string Name, object? Value)> parameters =
        [
            ("$provider", provider),
            .. parts.SelectMany(part => part.Parameters),
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

        // Each type is read from its own index; SQLite merges what they give.
        var selects = parts.Select(part =>
            $"""
                SELECT {part.Ordered.Seq}, {DocumentColumns}, {part.Ordered.Key ?? "NULL"}, {part.Number} FROM {part.Ordered.From}
                WHERE {part.Condition}{(from is null ? "" : $" AND {part.Ordered.After}")}
                """
        );
        var direction = window.IsReversed ? " DESC" : "";
        var order = parts[0].Ordered.Key is null ? $"1{direction}" : $"7{direction}, 1{direction}";
        await using var statement = source(
            $"{string.Join("\nUNION ALL\n", selects)}\nORDER BY {order} LIMIT $take OFFSET $skip",
            [.. parameters]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(new ListedDocument(ReadDocument(rows), rows.GetText(6), rows.GetInt32(7)));
        }
    }

    private static async Task<long> CountAsync(StatementSource source, Guid provider, IReadOnlyList<Part> parts)
    {
        long total = 0;
        foreach (var part in parts)
        {
            await using var statement = source(
                $"SELECT COUNT(*) FROM {part.Ordered.From} WHERE {part.Condition}",
                [("$provider", provider), .. part.Parameters]
            );
            total += (long)(await statement.ExecuteScalarAsync())!;
        }

        return total;
    }

    internal static ResourceRow Read(SqlRows row) =>
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

    private static StoredDocument ReadDocument(SqlRows row) =>
        new(row.GetInt64(0), row.GetId(1), row.GetInt64(2), row.GetInstant(3), row.GetInstant(4), row.GetBytes(5));

    private static async Task<ResourceRow?> FirstAsync(StatementSource source, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var statement = source(sql, parameters);
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? Read(rows) : null;
    }

    /// <summary>What one source gives to one half of a list: the resources that have a key, or those that have none.</summary>
    private sealed record Part(ListSource Source, int Number, OrderedPart Ordered)
    {
        public string Condition =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"r.provider = $provider AND r.type = {Name("type")} AND r.deleted_at IS NULL AND {Ordered.Condition}"
            ) + (Source.Condition is { } condition ? $" AND ({condition.Sql})" : "");

        public IEnumerable<(string Name, object? Value)> Parameters
        {
            get
            {
                IEnumerable<(string, object?)> parameters = [(Name("type"), Source.Type), .. Source.Condition?.Parameters ?? []];
                return Source.Order.Attribute is { } attribute ? parameters.Append((Name("sort"), attribute)) : parameters;
            }
        }

        public static Part? Of(ListSource source, int number, bool hasKeys, bool isReversed)
        {
            var startsFromResource = source.IsOfFew || source.Condition is { Unindexed: null };
            return source.Order.PartOf(hasKeys, isReversed, startsFromResource, NameOf("sort", number)) is { } ordered
                ? new Part(source, number, ordered)
                : null;
        }

        private string Name(string name) => NameOf(name, Number);

        private static string NameOf(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"${name}{number}");
    }
}
