using System.Globalization;
using System.Text;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>Reads Activities: what changed and what was refused, newest first, in one list.</summary>
public sealed class Activities(SqliteDatabase database)
{
    /// <summary>Attribute under which a membership change keeps the members that were added and removed, as JSON lists of identifiers.</summary>
    public const string MembersAttribute = "members";

    // Rows from before names had a column of their own keep it here.
    private const string MemberName = "$member";

    private const string Columns = """
        SELECT 'j' || j."Seq" AS id, j."At" AS at, j."Kind" AS kind, 0 AS refused, j."ActorKind" AS actor_kind, v."Actor" AS actor,
            j."ActorToken" AS token, j."ProviderId" AS provider, j."ResourceType" AS resource_type, j."ResourceId" AS resource,
            v."Subject" AS subject, NULL AS detail, NULL AS request, NULL AS status, 1 AS count, j."RequestId" AS request_id,
            j."Address" AS address, j."UserAgent" AS agent, COALESCE(v."Added", 0) AS added, COALESCE(v."Removed", 0) AS removed,
            v."Member" AS member, j."Seq" AS number
        FROM journal j LEFT JOIN journal_values v ON v."Seq" = j."Seq"
        """;

    private const string RefusalColumns = """
        SELECT 's' || s."Id" AS id, s."LastAt" AS at, s."Cause" AS kind, 1 AS refused,
            CASE WHEN s."ProviderId" IS NULL THEN 0 ELSE 2 END AS actor_kind, NULL AS actor, s."Token" AS token, s."ProviderId" AS provider,
            NULL AS resource_type, NULL AS resource, NULL AS subject, s."Detail" AS detail, s."Request" AS request, s."Status" AS status,
            s."Count" AS count, s."RequestId" AS request_id, s."Address" AS address, s."UserAgent" AS agent, 0 AS added, 0 AS removed,
            NULL AS member, s."Id" AS number
        FROM security_events s
        """;

    /// <summary>The latest change of one user, provider, organization or other resource.</summary>
    public async Task<Activity?> LatestChangeAsync(Actor actor, string resourceId, CancellationToken cancellationToken)
    {
        var filter = new ActivityFilter { ResourceId = resourceId };
        var latest = await ListAsync(actor, filter, skip: 0, take: 1, cancellationToken);
        return latest.Count > 0 ? latest[0] : null;
    }

    /// <summary>One page, newest first.</summary>
    /// <param name="skip">How many newer lines to leave out.</param>
    /// <param name="take">At most 200.</param>
    public async Task<IReadOnlyList<Activity>> ListAsync(
        Actor actor,
        ActivityFilter filter,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        take = Math.Clamp(take, 1, 200);
        var sides = new List<string>();
        // Each side gives no more rows than the page can need, so that the merge stays small however long the journal is.
        if (filter.Refused != true)
        {
            sides.Add($"SELECT * FROM ({Columns} {JournalConditions(filter)} ORDER BY j.\"Seq\" DESC LIMIT $reach)");
        }

        if (filter.Refused != false && filter.ResourceId is null && filter.Area is null or ActivityArea.Tokens or ActivityArea.SignIn)
        {
            sides.Add($"SELECT * FROM ({RefusalColumns} {RefusalConditions(filter)} ORDER BY s.\"LastAt\" DESC LIMIT $reach)");
        }

        if (sides.Count == 0)
        {
            return [];
        }

        return await ReadAsync(
            $"""
            SELECT a.*, p."DisplayName", p."UniqueIdentifier" FROM ({string.Join(" UNION ALL ", sides)}) a
            LEFT JOIN providers p ON p."Id" = a.provider
            ORDER BY a.at DESC, a.refused DESC, a.number DESC LIMIT $take OFFSET $skip
            """,
            [.. Parameters(filter), ("$reach", skip + take), ("$take", take), ("$skip", skip)],
            cancellationToken
        );
    }

    /// <summary>How many lines match, counted up to <paramref name="limit"/>.</summary>
    public async Task<int> CountAsync(Actor actor, ActivityFilter filter, int limit, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var sides = new List<string>();
        if (filter.Refused != true)
        {
            sides.Add($"SELECT 1 FROM journal j LEFT JOIN journal_values v ON v.\"Seq\" = j.\"Seq\" {JournalConditions(filter)}");
        }

        if (filter.Refused != false && filter.ResourceId is null && filter.Area is null or ActivityArea.Tokens or ActivityArea.SignIn)
        {
            sides.Add($"SELECT 1 FROM security_events s {RefusalConditions(filter)}");
        }

        if (sides.Count == 0)
        {
            return 0;
        }

        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement(
            $"SELECT COUNT(*) FROM (SELECT * FROM ({string.Join(" UNION ALL ", sides)}) LIMIT $limit)",
            [.. Parameters(filter), ("$limit", limit)]
        );
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>One line by its id, or null when there is none.</summary>
    public async Task<Activity?> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        if (id.Length < 2 || !long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var side = id[0] switch
        {
            'j' => $"{Columns} WHERE j.\"Seq\" = $number",
            's' => $"{RefusalColumns} WHERE s.\"Id\" = $number",
            _ => null,
        };
        if (side is null)
        {
            return null;
        }

        var found = await ReadAsync(
            $"SELECT a.*, p.\"DisplayName\", p.\"UniqueIdentifier\" FROM ({side}) a LEFT JOIN providers p ON p.\"Id\" = a.provider",
            [("$number", number)],
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>What a change changed, attribute by attribute; empty for refusals. Member lists are left out: their counts stand on the line.</summary>
    public async Task<IReadOnlyList<ChangedValue>> ChangesAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        if (!id.StartsWith('j') || !long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return [];
        }

        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement("""SELECT "Changes" FROM journal_values WHERE "Seq" = $seq""", ("$seq", seq));
        var packed = await statement.ExecuteScalarAsync() as string;
        return [.. PackedChanges.Unpack(packed).Where(change => change.Attribute is not (MembersAttribute or MemberName))];
    }

    /// <summary>How many requests were refused since an instant (UTC, inclusive), of one provider or of all.</summary>
    public async Task<int> RefusalsSinceAsync(Actor actor, Guid? providerId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement(
            $"""SELECT COALESCE(SUM("Count"), 0) FROM security_events WHERE "LastAt" >= $since{(providerId is null ? "" : " AND \"ProviderId\" = $provider")}""",
            ("$since", since),
            ("$provider", providerId)
        );
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static string JournalConditions(ActivityFilter filter)
    {
        var conditions = new StringBuilder("WHERE 1 = 1");
        if (filter.ProviderId is not null)
        {
            conditions.Append(" AND j.\"ProviderId\" = $provider");
        }

        if (filter.ResourceId is not null)
        {
            conditions.Append(" AND j.\"ResourceId\" = $resource");
        }

        if (filter.Since is not null)
        {
            conditions.Append(" AND j.\"At\" >= $since");
        }

        if (filter.Area is { } area)
        {
            conditions.Append(" AND j.\"Kind\" ").Append(KindsOf(area));
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            conditions.Append(
                """
                 AND (j."RequestId" = $exact OR v."Actor" LIKE $search ESCAPE '\' OR v."Subject" LIKE $search ESCAPE '\'
                    OR v."Member" LIKE $search ESCAPE '\')
                """
            );
        }

        return conditions.ToString();
    }

    private static string RefusalConditions(ActivityFilter filter)
    {
        var conditions = new StringBuilder("WHERE 1 = 1");
        if (filter.ProviderId is not null)
        {
            conditions.Append(" AND s.\"ProviderId\" = $provider");
        }

        if (filter.Since is not null)
        {
            conditions.Append(" AND s.\"LastAt\" >= $since");
        }

        conditions.Append(
            filter.Area switch
            {
                ActivityArea.Tokens => " AND s.\"Cause\" LIKE 'token.%'",
                ActivityArea.SignIn => " AND s.\"Cause\" LIKE 'sign-in.%'",
                _ => "",
            }
        );
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            conditions.Append(" AND (s.\"RequestId\" = $exact OR s.\"Detail\" LIKE $search ESCAPE '\\')");
        }

        return conditions.ToString();
    }

    private static string KindsOf(ActivityArea area) =>
        area switch
        {
            ActivityArea.Users => "LIKE 'user.%'",
            ActivityArea.Groups => "LIKE 'group.%'",
            ActivityArea.Providers => "IN ('provider.created', 'provider.changed', 'provider.metadata', 'scim.enabled', 'scim.disabled')",
            ActivityArea.Tokens => "LIKE 'token.%'",
            ActivityArea.Organizations => "LIKE 'organization.%'",
            _ => "IN ('session.started', 'session.ended', 'administrator.created')",
        };

    private static (string, object?)[] Parameters(ActivityFilter filter)
    {
        var search = filter.Search?.Trim() ?? "";
        var escaped = search
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return
        [
            ("$provider", filter.ProviderId),
            ("$resource", filter.ResourceId),
            ("$since", filter.Since),
            ("$exact", search),
            ("$search", $"%{escaped}%"),
        ];
    }

    private async Task<List<Activity>> ReadAsync(string sql, (string, object?)[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement(sql, parameters);
        await using var rows = await statement.ExecuteReaderAsync();
        var activities = new List<Activity>();
        while (await rows.ReadAsync())
        {
            activities.Add(Read(rows));
        }

        return activities;
    }

    private static Activity Read(SqlRows row) =>
        new()
        {
            Id = row.GetString(0),
            At = row.GetInstant(1),
            Kind = row.GetString(2),
            IsRefused = row.GetBoolean(3),
            ActorKind = (ActorKind)row.GetInt32(4),
            ActorName = row.GetText(5),
            Token = row.GetText(6),
            ProviderId = row.IsDBNull(7) ? null : row.GetId(7),
            ResourceType = row.GetText(8),
            ResourceId = row.GetText(9),
            Subject = row.GetText(10),
            Detail = row.GetText(11),
            Request = row.GetText(12),
            Status = row.IsDBNull(13) ? null : row.GetInt32(13),
            Count = row.GetInt32(14),
            RequestId = row.GetString(15),
            Address = row.GetText(16),
            UserAgent = row.GetText(17),
            Added = row.GetInt32(18),
            Removed = row.GetInt32(19),
            Member = row.GetText(20),
            ProviderName = row.GetText(22),
            ProviderIdentifier = row.GetText(23),
        };
}
