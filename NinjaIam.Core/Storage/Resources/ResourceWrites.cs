namespace NinjaIam.Core.Storage.Resources;

/// <summary>A value under which a resource is found.</summary>
/// <param name="Attribute">Path without the URN of a core schema: <c>emails.value</c>.</param>
/// <param name="Ordinal">
/// Position of the value in a multi-valued attribute, -1 for the primary one: the least is the one to sort by. Sub-attributes of one value
/// share it.
/// </param>
/// <param name="Type">Key of the type of the value, such as WORK.</param>
internal readonly record struct SearchValue(string Attribute, string Key, int Ordinal, string? Type, bool IsPrimary);

/// <summary>A key that one resource at a time may have within a provider, or within the installation.</summary>
internal readonly record struct UniqueKey(string Attribute, string Key, bool IsGlobal = false)
{
    public Guid ScopeFor(Guid provider) => IsGlobal ? Guid.Empty : provider;
}

/// <summary>What the tables keep of one state of a resource.</summary>
internal sealed record ResourceContent(
    string NameKey,
    string? ExternalId,
    bool Active,
    string Doc,
    IReadOnlyList<SearchValue> Values,
    IReadOnlyList<UniqueKey> UniqueKeys
);

/// <summary>Writes resources with everything that follows from them: search values, unique keys, counters. The journal is the caller's.</summary>
internal static class ResourceWrites
{
    private const string Named = """
        id,
        COALESCE(json_extract(doc, '$.displayName'),
            NULLIF(TRIM(COALESCE(json_extract(doc, '$.name.givenName'), '') || ' ' || COALESCE(json_extract(doc, '$.name.familyName'), '')), ''),
            json_extract(doc, '$.userName'), ''),
        version
        """;

    public static async Task<ResourceRow> InsertAsync(WriteScope scope, Guid provider, string type, Guid id, ResourceContent content)
    {
        await using var statement = scope.Statement(
            """
            INSERT INTO resources(id, provider, type, name_key, external_id, active, version, created, modified, doc)
            VALUES ($id, $provider, $type, $name, $external, $active, 1, $now, $now, $doc)
            """,
            ("$id", id),
            ("$provider", provider),
            ("$type", type),
            ("$name", content.NameKey),
            ("$external", content.ExternalId),
            ("$active", content.Active),
            ("$now", scope.Now),
            ("$doc", content.Doc)
        );
        var seq = statement.ExecuteInsert();
        await AddValuesAsync(scope, seq, content);
        await AddKeysAsync(scope, provider, seq, content);
        await CountAsync(scope, provider, type, 1);
        return RowOf(content, seq, id, provider, type, version: 1, created: scope.Now, scope.Now);
    }

    /// <summary>Sets a new state and moves the version on. A deleted resource lives again.</summary>
    /// <param name="held">The content of the row as it is: what is equal is not written again. Null writes everything again.</param>
    public static async Task<ResourceRow> UpdateAsync(WriteScope scope, ResourceRow before, ResourceContent? held, ResourceContent content)
    {
        await using var statement = scope.Statement(
            """
            UPDATE resources SET name_key = $name, external_id = $external, active = $active, deleted_at = NULL, version = version + 1,
                modified = $now, doc = $doc
            WHERE seq = $seq
            """,
            ("$seq", before.Seq),
            ("$name", content.NameKey),
            ("$external", content.ExternalId),
            ("$active", content.Active),
            ("$now", scope.Now),
            ("$doc", content.Doc)
        );
        await statement.ExecuteNonQueryAsync();
        // A deleted row has no values and keys any more.
        var isDeleted = before.DeletedAt is not null;
        if (isDeleted || held is null || !held.Values.SequenceEqual(content.Values))
        {
            await RemoveValuesAsync(scope, before.Seq);
            await AddValuesAsync(scope, before.Seq, content);
        }

        if (isDeleted || held is null || !held.UniqueKeys.SequenceEqual(content.UniqueKeys))
        {
            await RemoveKeysAsync(scope, before.Seq);
            await AddKeysAsync(scope, before.Provider, before.Seq, content);
        }

        if (isDeleted)
        {
            await CountAsync(scope, before.Provider, before.Type, 1);
        }

        return RowOf(content, before.Seq, before.Id, before.Provider, before.Type, before.Version + 1, before.Created, scope.Now);
    }

    /// <summary>Hides the resource from SCIM and frees what it kept others from using. The row stays, for somebody who returns.</summary>
    public static async Task DeleteAsync(WriteScope scope, ResourceRow row)
    {
        await using var statement = scope.Statement(
            "UPDATE resources SET active = 0, deleted_at = $now, version = version + 1, modified = $now WHERE seq = $seq",
            ("$seq", row.Seq),
            ("$now", scope.Now)
        );
        await statement.ExecuteNonQueryAsync();
        await RemoveValuesAsync(scope, row.Seq);
        await RemoveKeysAsync(scope, row.Seq);
        await CountAsync(scope, row.Provider, row.Type, -1);
    }

    /// <summary>Has a live resource found by other values, without a change to it, and adds unique keys to those it has.</summary>
    public static async Task IndexAsync(WriteScope scope, Guid provider, long seq, ResourceContent content)
    {
        await using var statement = scope.Statement(
            "UPDATE resources SET name_key = $name WHERE seq = $seq",
            ("$seq", seq),
            ("$name", content.NameKey)
        );
        await statement.ExecuteNonQueryAsync();
        await RemoveValuesAsync(scope, seq);
        await AddValuesAsync(scope, seq, content);
        await AddKeysAsync(scope, provider, seq, content);
    }

    /// <summary>Lets everybody use what resources keep others from using by this attribute.</summary>
    public static async Task ForgetKeysAsync(WriteScope scope, string attribute)
    {
        await using var statement = scope.Statement("DELETE FROM resource_unique WHERE attribute = $attribute", ("$attribute", attribute));
        await statement.ExecuteNonQueryAsync();
    }

    /// <summary>Moves the version on, for a change that is not in the document: the members of a group.</summary>
    /// <returns>The id, the name and the new version.</returns>
    public static async Task<(Guid Id, string Name, long Version)> TouchAsync(WriteScope scope, long seq)
    {
        await using var statement = scope.Statement(
            "UPDATE resources SET version = version + 1, modified = $now WHERE seq = $seq",
            ("$seq", seq),
            ("$now", scope.Now)
        );
        await statement.ExecuteNonQueryAsync();
        return await NameAsync(scope, seq);
    }

    /// <summary>The resource that has a unique key now, or null.</summary>
    public static async Task<(long Seq, Guid Id, Guid Provider)?> HolderAsync(WriteScope scope, Guid provider, UniqueKey key)
    {
        await using var statement = scope.Statement(
            """
            SELECT r.seq, r.id, r.provider FROM resource_unique u JOIN resources r ON r.seq = u.seq
            WHERE u.scope = $scope AND u.attribute = $attribute AND u.key = $key
            """,
            ("$scope", key.ScopeFor(provider)),
            ("$attribute", key.Attribute),
            ("$key", key.Key)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? (rows.GetInt64(0), rows.GetId(1), rows.GetId(2)) : null;
    }

    /// <summary>The oldest live resource of a name, other than the one that is about to take it, or null.</summary>
    public static async Task<Guid?> OtherNamedAsync(WriteScope scope, Guid provider, string type, string nameKey, long? seq)
    {
        await using var statement = scope.Statement(
            """
            SELECT id FROM resources
            WHERE provider = $provider AND type = $type AND name_key = $name AND deleted_at IS NULL AND seq IS NOT $seq
            ORDER BY seq LIMIT 1
            """,
            ("$provider", provider),
            ("$type", type),
            ("$name", nameKey),
            ("$seq", seq)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? rows.GetId(0) : null;
    }

    /// <summary>One row by its key.</summary>
    public static async Task<(Guid Id, string Name, long Version)> NameAsync(WriteScope scope, long seq)
    {
        await using var statement = scope.Statement($"SELECT {Named} FROM resources WHERE seq = $seq", ("$seq", seq));
        await using var rows = await statement.ExecuteReaderAsync();
        await rows.ReadAsync();
        return (rows.GetId(0), rows.GetString(1), rows.GetInt64(2));
    }

    private static async Task AddValuesAsync(WriteScope scope, long seq, ResourceContent content)
    {
        foreach (var value in content.Values)
        {
            await using var statement = scope.Statement(
                """
                INSERT INTO resource_values(attribute, key, seq, ordinal, type, is_primary)
                VALUES ($attribute, $key, $seq, $ordinal, $type, $primary)
                """,
                ("$attribute", value.Attribute),
                ("$key", value.Key),
                ("$seq", seq),
                ("$ordinal", value.Ordinal),
                ("$type", value.Type),
                ("$primary", value.IsPrimary)
            );
            await statement.ExecuteNonQueryAsync();
        }
    }

    private static async Task AddKeysAsync(WriteScope scope, Guid provider, long seq, ResourceContent content)
    {
        foreach (var unique in content.UniqueKeys)
        {
            await using var statement = scope.Statement(
                "INSERT INTO resource_unique(scope, attribute, key, seq) VALUES ($scope, $attribute, $key, $seq)",
                ("$scope", unique.ScopeFor(provider)),
                ("$attribute", unique.Attribute),
                ("$key", unique.Key),
                ("$seq", seq)
            );
            await statement.ExecuteNonQueryAsync();
        }
    }

    private static async Task RemoveValuesAsync(WriteScope scope, long seq)
    {
        await using var values = scope.Statement("DELETE FROM resource_values WHERE seq = $seq", ("$seq", seq));
        await values.ExecuteNonQueryAsync();
    }

    private static async Task RemoveKeysAsync(WriteScope scope, long seq)
    {
        await using var keys = scope.Statement("DELETE FROM resource_unique WHERE seq = $seq", ("$seq", seq));
        await keys.ExecuteNonQueryAsync();
    }

    private static async Task CountAsync(WriteScope scope, Guid provider, string type, int change)
    {
        await using var statement = scope.Statement(
            """
            INSERT INTO counters(provider, type, total) VALUES ($provider, $type, $change)
            ON CONFLICT(provider, type) DO UPDATE SET total = total + $change
            """,
            ("$provider", provider),
            ("$type", type),
            ("$change", change)
        );
        await statement.ExecuteNonQueryAsync();
    }

    private static ResourceRow RowOf(
        ResourceContent content,
        long seq,
        Guid id,
        Guid provider,
        string type,
        long version,
        DateTimeOffset created,
        DateTimeOffset modified
    ) =>
        new()
        {
            Seq = seq,
            Id = id,
            Provider = provider,
            Type = type,
            NameKey = content.NameKey,
            ExternalId = content.ExternalId,
            Active = content.Active,
            Version = version,
            Created = created,
            Modified = modified,
            Doc = content.Doc,
        };
}
