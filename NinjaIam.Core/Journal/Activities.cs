using System.Globalization;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>Reads Activities: what changed and what was refused, newest first, in one list.</summary>
public sealed class Activities(SqliteDatabase database)
{
    /// <summary>Attribute under which a membership change keeps the members that were added and removed, as JSON lists of identifiers.</summary>
    public const string MembersAttribute = "members";

    // Rows from before names had a column of their own keep it here.
    private const string MemberName = "$member";

    /// <summary>Lines beyond this many newer ones are reached by <see cref="ActivityPage.Older"/>, or by a filter.</summary>
    public const int Reach = 10_000;

    private const int SearchedOfAll = 100_000;
    private const int SearchedOfSome = 20_000;

    private const string Columns = """
        SELECT k.refused, k.number, COALESCE(j."At", s."LastAt"), COALESCE(j."Kind", s."Cause"),
            CASE WHEN k.refused = 0 THEN j."ActorKind" WHEN s."ProviderId" IS NULL THEN 0 ELSE 2 END, v."Actor",
            COALESCE(j."ActorToken", s."Token"), COALESCE(j."ProviderId", s."ProviderId"), j."ResourceType", j."ResourceId", v."Subject",
            s."Detail", s."Request", s."Status", COALESCE(s."Count", 1), COALESCE(j."RequestId", s."RequestId"),
            COALESCE(j."Address", s."Address"), COALESCE(j."UserAgent", s."UserAgent"), COALESCE(v."Added", 0), COALESCE(v."Removed", 0),
            v."Member", p."DisplayName", p."UniqueIdentifier"
        """;

    private const string Tables = """
        LEFT JOIN journal j ON k.refused = 0 AND j."Seq" = k.number
        LEFT JOIN journal_values v ON v."Seq" = j."Seq"
        LEFT JOIN security_events s ON k.refused = 1 AND s."Id" = k.number
        LEFT JOIN providers p ON p."Id" = COALESCE(j."ProviderId", s."ProviderId")
        WHERE COALESCE(j."Seq", s."Id") IS NOT NULL
        ORDER BY k.at DESC, k.refused DESC, k.number DESC
        """;

    /// <summary>The latest change of one user, provider, organization or other resource.</summary>
    public async Task<Activity?> LatestChangeAsync(Actor actor, string resourceId, CancellationToken cancellationToken)
    {
        var filter = new ActivityFilter { ResourceId = resourceId };
        var latest = await ListAsync(actor, filter, take: 1, cancellationToken);
        return latest.Count > 0 ? latest[0] : null;
    }

    /// <summary>The newest lines that match, newest first.</summary>
    /// <param name="take">At most 200.</param>
    public async Task<IReadOnlyList<Activity>> ListAsync(Actor actor, ActivityFilter filter, int take, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        reader.BeginSnapshot();
        var (lines, _) = await FindAsync(reader, filter, cancellationToken);
        return await ReadAsync(reader, lines.Page(0, Math.Clamp(take, 1, PageRequest.MostRows)), cancellationToken);
    }

    /// <summary>One page, newest first.</summary>
    /// <param name="skip">How many newer lines to leave out; from <see cref="Reach"/> on nothing is found.</param>
    /// <param name="take">At most 200.</param>
    public async Task<ActivityPage> PageAsync(Actor actor, ActivityFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        reader.BeginSnapshot();
        var (lines, searchEnd) = await FindAsync(reader, filter, cancellationToken);
        var counted = await CountAsync(reader, lines, Reach + 1, cancellationToken);
        var total = Math.Min(counted, Reach);
        take = Math.Min(Math.Clamp(take, 1, PageRequest.MostRows), total - skip);
        var items = take > 0 ? await ReadAsync(reader, lines.Page(skip, take), cancellationToken) : [];
        if (skip + items.Count < total)
        {
            return new ActivityPage(items, total, null, null);
        }

        return counted > Reach && items.Count > 0 ? new ActivityPage(items, total, ActivityKey.Of(items[^1]), null)
            : counted <= Reach && searchEnd is not null ? new ActivityPage(items, total, searchEnd, Searched(filter))
            : new ActivityPage(items, total, null, null);
    }

    /// <summary>How many lines match, counted up to <paramref name="limit"/>.</summary>
    public async Task<int> CountAsync(Actor actor, ActivityFilter filter, int limit, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var reader = await database.OpenReaderAsync(cancellationToken);
        reader.BeginSnapshot();
        var (lines, _) = await FindAsync(reader, filter, cancellationToken);
        return await CountAsync(reader, lines, limit, cancellationToken);
    }

    /// <summary>One line by its id, or null when there is none.</summary>
    public async Task<Activity?> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        if (
            id is not ['j' or 's', .. var digits]
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return null;
        }

        await using var reader = await database.OpenReaderAsync(cancellationToken);
        var found = await ReadAsync(
            reader,
            ("SELECT $refused AS refused, $number AS number, 0 AS at", [("$refused", id[0] == 's'), ("$number", number)]),
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

    /// <summary>What finds the lines of a filter, and where the search for a text ends before all was looked at.</summary>
    private static async Task<(ActivityStatements Lines, ActivityKey? SearchEnd)> FindAsync(
        ReadSession reader,
        ActivityFilter filter,
        CancellationToken cancellationToken
    )
    {
        var lines = await ActivityStatements.OfAsync(reader, filter, cancellationToken);
        return (lines, lines.Searches ? await lines.LimitSearchAsync(reader, Searched(filter), cancellationToken) : null);
    }

    /// <summary>How many lines are looked at for a text. Those of a filter lie apart from each other, which takes longer.</summary>
    private static int Searched(ActivityFilter filter) =>
        filter is { ProviderId: null, ResourceId: null, Area: null } ? SearchedOfAll : SearchedOfSome;

    private static async Task<int> CountAsync(ReadSession reader, ActivityStatements lines, int limit, CancellationToken cancellationToken)
    {
        var (sql, parameters) = lines.Count(limit);
        await using var statement = reader.Statement(sql, parameters);
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <param name="lines">Gives <c>refused, number, at</c> of the lines.</param>
    private static async Task<IReadOnlyList<Activity>> ReadAsync(
        ReadSession reader,
        (string Sql, (string, object?)[] Parameters) lines,
        CancellationToken cancellationToken
    )
    {
        await using var statement = reader.Statement($"{Columns} FROM ({lines.Sql}) k {Tables}", lines.Parameters);
        await using var rows = await statement.ExecuteReaderAsync();
        var activities = new List<Activity>();
        while (await rows.ReadAsync())
        {
            activities.Add(Read(rows));
        }

        return activities;
    }

    private static Activity Read(SqlRows row)
    {
        var isRefused = row.GetBoolean(0);
        return new Activity
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{(isRefused ? 's' : 'j')}{row.GetInt64(1)}"),
            At = row.GetInstant(2),
            Kind = row.GetString(3),
            IsRefused = isRefused,
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
            ProviderName = row.GetText(21),
            ProviderIdentifier = row.GetText(22),
        };
    }
}
