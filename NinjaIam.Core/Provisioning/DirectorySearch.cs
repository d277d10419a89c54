using System.Globalization;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Core.Provisioning;

public enum SearchHitKind
{
    Provider,
    Person,
    Group,
    Organization,
    TechnicianRole,
    EndUserRole,

    /// <summary>A change or a refusal of the request that was asked for.</summary>
    Activity,
}

/// <param name="Key">The identifier that the portal's addresses use for it; the name of a role.</param>
/// <param name="More">What tells it from others of the same name; null when there is nothing.</param>
/// <param name="Activity">The activity itself, for <see cref="SearchHitKind.Activity"/>.</param>
public sealed record SearchHit(SearchHitKind Kind, string Key, string Name, string? More = null, Activity? Activity = null);

/// <param name="IsPartial">Whether looking took too long somewhere, so that something may be missing.</param>
public sealed record SearchHits(IReadOnlyList<SearchHit> Hits, bool IsPartial);

/// <summary>
/// Looks for a text in everything that has a page: a few of each kind, and never counted. Beginnings of user names and addresses, identifiers
/// and request IDs go by indexes; other parts of names are looked through until enough are found or the reader's deadline has passed.
/// </summary>
public sealed class DirectorySearch(SqliteDatabase database, ActivityLog activities)
{
    public const int MostOfAKind = 5;
    public const int ShortestText = 2;

    private const int RequestIdLength = 20;
    private const string PersonColumns = """SELECT "Id", "DisplayName", "GivenName", "FamilyName", "UserName" FROM accounts""";
    private const string GroupColumns = """
        SELECT r.id, COALESCE(json_extract(r.doc, '$.displayName'), ''), p."DisplayName"
        FROM providers p CROSS JOIN resources r ON r.provider = p."Id" AND r.type = 'Group' AND r.deleted_at IS NULL
        """;

    /// <summary>Nothing for a text shorter than <see cref="ShortestText"/>.</summary>
    public async Task<SearchHits> FindAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        text = text.Trim();
        if (text.Length < ShortestText)
        {
            return new SearchHits([], false);
        }

        var found = new Found(MostOfAKind);
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        var key = TextKey.Of(text);
        if (Guid.TryParse(text, out var id))
        {
            Run(reader, found, SearchHitKind.Person, PersonOf, $"""{PersonColumns} WHERE "Id" = $id""", ("$id", id));
            Run(reader, found, SearchHitKind.Group, GroupOf, $"{GroupColumns} WHERE r.id = $id", ("$id", id));
        }

        FindProviders(reader, found, key, text);
        FindPeople(reader, found, key);
        Run(
            reader,
            found,
            SearchHitKind.Group,
            GroupOf,
            $"{GroupColumns} WHERE instr(r.name_key, $key) > 0 LIMIT $take",
            ("$key", key),
            ("$take", MostOfAKind)
        );
        FindPlaces(reader, found, key, text);
        await FindRequestAsync(actor, found, text, cancellationToken);
        return new SearchHits(found.All, found.IsPartial);
    }

    private static void FindProviders(ReadSession reader, Found found, string key, string text) =>
        Run(
            reader,
            found,
            SearchHitKind.Provider,
            row => new SearchHit(SearchHitKind.Provider, row.GetString(0), row.GetString(1), row.GetText(2)),
            """
            SELECT p."UniqueIdentifier", p."DisplayName",
                (SELECT group_concat("Domain", ', ') FROM provider_domains d WHERE d."ProviderId" = p."Id") AS domains
            FROM providers p
            WHERE instr(p."NormalizedDisplayName", $key) > 0 OR p."UniqueIdentifier" = $text
                OR EXISTS (SELECT 1 FROM provider_domains d WHERE d."ProviderId" = p."Id" AND instr(d."Domain", $text) > 0)
            ORDER BY p."NormalizedDisplayName" LIMIT $take
            """,
            ("$key", key),
            ("$text", text.ToLowerInvariant()),
            ("$take", MostOfAKind)
        );

    private static void FindPeople(ReadSession reader, Found found, string key)
    {
        (string, object?)[] parameters = [("$key", key), ("$end", key + "\U0010FFFF"), ("$take", MostOfAKind)];
        foreach (var column in (string[])["NormalizedUserName", "NormalizedEmail"])
        {
            Run(
                reader,
                found,
                SearchHitKind.Person,
                PersonOf,
                $"""{PersonColumns} WHERE "{column}" >= $key AND "{column}" < $end ORDER BY "{column}" LIMIT $take""",
                parameters
            );
        }

        // Those found already are likely among these, so as many more are looked for.
        Run(
            reader,
            found,
            SearchHitKind.Person,
            PersonOf,
            $"""{PersonColumns} WHERE instr("SearchKey", $key) > 0 LIMIT $take""",
            ("$key", key),
            ("$take", 2 * MostOfAKind)
        );
    }

    private static void FindPlaces(ReadSession reader, Found found, string key, string text)
    {
        Run(
            reader,
            found,
            SearchHitKind.Organization,
            row => new SearchHit(
                SearchHitKind.Organization,
                row.GetInt32(0).ToString(CultureInfo.InvariantCulture),
                row.GetString(1),
                row.GetText(2)
            ),
            """
            SELECT "Id", "Name", "Description" FROM organizations
            WHERE "ArchivedAt" IS NULL AND (instr("NormalizedName", $key) > 0 OR "Id" = $id) ORDER BY "NormalizedName" LIMIT $take
            """,
            ("$key", key),
            ("$id", int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null),
            ("$take", MostOfAKind)
        );
        foreach (var kind in (SearchHitKind[])[SearchHitKind.TechnicianRole, SearchHitKind.EndUserRole])
        {
            Run(
                reader,
                found,
                kind,
                row => new SearchHit(kind, row.GetString(0), row.GetString(0), row.GetText(1)),
                """
                SELECT "Name", "Description" FROM roles WHERE "Kind" = $kind AND instr("NormalizedName", $key) > 0
                ORDER BY "NormalizedName" LIMIT $take
                """,
                ("$kind", kind == SearchHitKind.TechnicianRole ? AccountKind.Technician : AccountKind.EndUser),
                ("$key", key),
                ("$take", MostOfAKind)
            );
        }
    }

    private async Task FindRequestAsync(Actor actor, Found found, string text, CancellationToken cancellationToken)
    {
        var id = text.ToLowerInvariant();
        if (id.Length != RequestIdLength || !id.All(char.IsAsciiHexDigitLower))
        {
            return;
        }

        var lines = await activities.ListAsync(actor, new ActivityFilter { Search = id }, MostOfAKind, cancellationToken);
        foreach (var line in lines.Where(line => line.RequestId == id))
        {
            found.Add(new SearchHit(SearchHitKind.Activity, line.Id, line.Subject ?? line.Kind, id, line));
        }
    }

    private static SearchHit PersonOf(SqlRows row)
    {
        var userName = row.GetText(4) ?? "";
        var name = AccountName.Of(row.GetText(1), row.GetText(2), row.GetText(3), userName);
        return new SearchHit(SearchHitKind.Person, row.GetId(0).ToString("D"), name, name == userName ? null : userName);
    }

    private static SearchHit GroupOf(SqlRows row) => new(SearchHitKind.Group, row.GetId(0).ToString("D"), row.GetString(1), row.GetText(2));

    /// <summary>Adds what a statement finds, as long as there is room for its kind. What misses the deadline leaves its part out.</summary>
    private static void Run(
        ReadSession reader,
        Found found,
        SearchHitKind kind,
        Func<SqlRows, SearchHit> read,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        if (found.IsFull(kind))
        {
            return;
        }

        reader.RestartDeadline();
        try
        {
            using var statement = reader.Statement(sql, parameters);
            using var rows = statement.ExecuteReader();
            while (rows.Read())
            {
                found.Add(read(rows));
            }
        }
        catch (SqliteException exception) when (SqliteDeadline.WasMissed(exception))
        {
            found.IsPartial = true;
        }
    }

    private sealed class Found(int most)
    {
        private readonly List<SearchHit> _hits = [];

        public bool IsPartial { get; set; }

        public IReadOnlyList<SearchHit> All => [.. _hits.OrderBy(hit => hit.Kind)];

        public bool IsFull(SearchHitKind kind) => _hits.Count(hit => hit.Kind == kind) >= most;

        public void Add(SearchHit hit)
        {
            if (!IsFull(hit.Kind) && !_hits.Exists(other => other.Kind == hit.Kind && other.Key == hit.Key))
            {
                _hits.Add(hit);
            }
        }
    }
}
