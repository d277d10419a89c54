using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>
/// The SQL that finds the lines of one filter. Whatever the filter is, each of the two tables is read in its own order from an index, and
/// no further than asked for: the cost does not depend on how long the journal is. Where a filter means several kinds, each has a range
/// of the index, and SQLite merges them.
/// </summary>
internal sealed class ActivityStatements
{
    // All rows of one request: more than one request ever makes.
    private const int MostOfARequest = 10_000;

    private readonly List<string> _journal = [];
    private readonly List<string> _refusals = [];
    private readonly List<string> _journalPlace = [];
    private readonly List<string> _refusalPlace = [];
    private readonly List<(string, object?)> _places = [];
    private readonly string? _search;
    private readonly ActivityPosition _since;
    private readonly ActivityPosition _to;
    private ActivityPosition _from;

    private ActivityStatements(ActivityFilter filter, ActivityPosition since, ActivityPosition to)
    {
        _search = string.IsNullOrWhiteSpace(filter.Search) ? null : filter.Search.Trim();
        (_since, _from, _to) = (since, since, to);
    }

    public bool Searches => _search is not null;

    public static async Task<ActivityStatements> OfAsync(ReadSession reader, ActivityFilter filter, CancellationToken cancellationToken)
    {
        if (filter.ResourceId is not null && (filter.ProviderId is not null || filter.Area is not null))
        {
            throw new ArgumentException("The timeline of a resource has neither a provider nor an area.", nameof(filter));
        }

        var statements = new ActivityStatements(
            filter,
            filter.After is { } after ? await ActivityPosition.OfAsync(reader, after with { Number = after.Number + 1 }, cancellationToken)
                : filter.Since is { } since ? await ActivityPosition.OfAsync(reader, since, cancellationToken)
                : ActivityPosition.Oldest,
            filter.Before is { } before ? await ActivityPosition.OfAsync(reader, before, cancellationToken) : ActivityPosition.Newest
        );
        if (filter.Refused != true)
        {
            await statements.AddJournalAsync(reader, filter, cancellationToken);
        }

        // Nobody knows whom a refused request would have changed.
        if (filter.Refused != false && filter.ResourceId is null)
        {
            statements.AddRefusals(filter);
        }

        return statements;
    }

    /// <summary>Lets a search look at so many of the newest lines of each table only; answers where it ends, if there are more.</summary>
    public async Task<ActivityKey?> LimitSearchAsync(ReadSession reader, int lines, CancellationToken cancellationToken)
    {
        ActivityKey? end = null;
        if (_journal.Count > 0)
        {
            end = await LastAsync(
                reader,
                $"""
                SELECT j."At", 0, j."Seq" FROM ({Union(_journal)} ORDER BY number DESC LIMIT 2 OFFSET $skip) k
                CROSS JOIN journal j WHERE j."Seq" = k.number ORDER BY j."Seq" DESC
                """,
                lines,
                cancellationToken
            );
        }

        if (
            _refusals.Count > 0
            && await LastAsync(
                reader,
                $"SELECT at, 1, number FROM ({Union(_refusals)} ORDER BY at DESC, number DESC LIMIT 2 OFFSET $skip)",
                lines,
                cancellationToken
            )
                is { } refusal
            && !(end?.At > refusal.At)
        )
        {
            end = refusal;
        }

        if (end is { } key)
        {
            _from = await ActivityPosition.OfAsync(reader, key, cancellationToken);
        }

        return end;
    }

    /// <summary>The lines from <paramref name="skip"/> on, newest first: <c>refused, number, at</c>.</summary>
    public (string Sql, (string, object?)[] Parameters) Page(int skip, int take)
    {
        // Each table gives no more rows than the page can need, so that the merge stays small.
        var sides = Sides(
            nothing: "SELECT 0 AS refused, 0 AS number, 0 AS at WHERE 0 = 1",
            journal: $"""
            SELECT 0 AS refused, j."Seq" AS number, j."At" AS at FROM ({FoundInJournal} ORDER BY number DESC LIMIT $reach) k
            CROSS JOIN journal j WHERE j."Seq" = k.number
            """,
            refusals: $"SELECT 1 AS refused, number, at FROM ({FoundRefusals} ORDER BY at DESC, number DESC LIMIT $reach)"
        );
        return (
            $"{sides} ORDER BY at DESC, refused DESC, number DESC LIMIT $take OFFSET $skip",
            [.. Parameters, ("$reach", skip + take), ("$take", take), ("$skip", skip)]
        );
    }

    /// <summary>How many lines there are, counted up to a limit.</summary>
    public (string Sql, (string, object?)[] Parameters) Count(int limit)
    {
        var sides = Sides(
            nothing: "SELECT 1 WHERE 0 = 1",
            journal: $"SELECT 1 FROM ({FoundInJournal})",
            refusals: $"SELECT 1 FROM ({FoundRefusals})"
        );
        return ($"SELECT COUNT(*) FROM ({sides} LIMIT $limit)", [.. Parameters, ("$limit", limit)]);
    }

    private string FoundInJournal =>
        !Searches
            ? Union(_journal)
            : $"""
                SELECT k.number AS number FROM ({Union(_journal)}) k CROSS JOIN journal_values v
                WHERE v."Seq" = k.number
                    AND (v."Actor" LIKE $search ESCAPE '\' OR v."Subject" LIKE $search ESCAPE '\' OR v."Member" LIKE $search ESCAPE '\')
                UNION
                SELECT "Seq" FROM (SELECT * FROM journal WHERE "RequestId" = $exact LIMIT {MostOfARequest})
                {Where([.. _journalPlace, "\"Seq\" >= $sinceSeq", "\"Seq\" < $toSeq"])}
                """;

    private string FoundRefusals =>
        !Searches
            ? Union(_refusals)
            : $"""
                SELECT k.number AS number, k.at AS at FROM ({Union(_refusals)}) k CROSS JOIN security_events s
                WHERE s."Id" = k.number AND s."Detail" LIKE $search ESCAPE '\'
                UNION
                SELECT "Id", "LastAt" FROM (SELECT * FROM security_events WHERE "RequestId" = $exact LIMIT {MostOfARequest})
                {Where([.. _refusalPlace, "\"LastAt\" >= $sinceAt", "(\"LastAt\", \"Id\") < ($toAt, $toId)"])}
                """;

    private (string, object?)[] Parameters =>
        [
            ("$fromSeq", _from.Seq),
            ("$fromAt", _from.At),
            ("$fromId", _from.Id),
            ("$toSeq", _to.Seq),
            ("$toAt", _to.At),
            ("$toId", _to.Id),
            ("$sinceSeq", _since.Seq),
            ("$sinceAt", _since.At),
            ("$exact", _search),
            ("$search", LikePattern(_search)),
            .. _places,
        ];

    private async Task AddJournalAsync(ReadSession reader, ActivityFilter filter, CancellationToken cancellationToken)
    {
        if (filter.ResourceId is { } resource)
        {
            Place(_journalPlace, "\"ResourceId\" = $resource", ("$resource", resource));
        }

        if (filter.ProviderId is { } provider)
        {
            Place(_journalPlace, "\"ProviderId\" = $provider", ("$provider", provider));
        }

        var kinds =
            filter.Area is { } area ? ActivityAreas.Kinds(area)
            : filter.ProviderId is { } owner ? await KindsOfAsync(reader, owner, cancellationToken)
            : null;
        _journal.AddRange(
            Ranges("SELECT \"Seq\" AS number FROM journal", "Kind", kinds, _journalPlace, ["\"Seq\" >= $fromSeq", "\"Seq\" < $toSeq"])
        );
    }

    private void AddRefusals(ActivityFilter filter)
    {
        if (filter.ProviderId is { } provider)
        {
            Place(_refusalPlace, "\"ProviderId\" = $refusedProvider", ("$refusedProvider", provider));
        }

        _refusals.AddRange(
            Ranges(
                "SELECT \"Id\" AS number, \"LastAt\" AS at FROM security_events",
                "Cause",
                filter.Area is { } area ? ActivityAreas.Causes(area) : null,
                _refusalPlace,
                ["(\"LastAt\", \"Id\") >= ($fromAt, $fromId)", "(\"LastAt\", \"Id\") < ($toAt, $toId)"]
            )
        );
    }

    /// <summary>One statement for each name, or one for all where none is asked for.</summary>
    private List<string> Ranges(
        string select,
        string column,
        IReadOnlyList<string>? names,
        List<string> place,
        IReadOnlyList<string> borders
    )
    {
        if (names is null)
        {
            return [$"{select} {Where([.. place, .. borders])}"];
        }

        var parameters = names.Select((_, index) => $"${column}{index}").ToList();
        _places.AddRange(names.Select((name, index) => (parameters[index], (object?)name)));
        var ranges = parameters.Select(parameter => $"{select} {Where([.. place, $"\"{column}\" = {parameter}", .. borders])}").ToList();
        place.Add($"\"{column}\" IN ({string.Join(", ", parameters)})");
        return ranges;
    }

    private void Place(List<string> place, string condition, (string, object?) parameter)
    {
        place.Add(condition);
        _places.Add(parameter);
    }

    /// <summary>Which kinds a provider has rows of: one step in the index for each, so that an index by provider alone is not needed.</summary>
    private static async Task<IReadOnlyList<string>> KindsOfAsync(ReadSession reader, Guid provider, CancellationToken cancellationToken)
    {
        var kinds = new List<string>();
        await using var statement = reader.Statement(
            """
            WITH RECURSIVE known(name) AS (
                SELECT MIN("Kind") FROM journal WHERE "ProviderId" = $provider
                UNION ALL
                SELECT (SELECT MIN("Kind") FROM journal WHERE "ProviderId" = $provider AND "Kind" > known.name) FROM known
                WHERE known.name IS NOT NULL)
            SELECT name FROM known WHERE name IS NOT NULL
            """,
            ("$provider", provider)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            kinds.Add(rows.GetString(0));
        }

        return kinds;
    }

    private async Task<ActivityKey?> LastAsync(ReadSession reader, string sql, int lines, CancellationToken cancellationToken)
    {
        await using var statement = reader.Statement(sql, [.. Parameters, ("$skip", lines - 1)]);
        await using var rows = await statement.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
        {
            return null;
        }

        var last = new ActivityKey(rows.GetInstant(0), rows.GetBoolean(1), rows.GetInt64(2));
        return await rows.ReadAsync() ? last : null;
    }

    /// <summary>The two tables' statements as one; a table that can have nothing is left out.</summary>
    private string Sides(string nothing, string journal, string refusals) =>
        (_journal.Count > 0, _refusals.Count > 0) switch
        {
            (true, true) => Union([journal, refusals]),
            (true, false) => journal,
            (false, true) => refusals,
            _ => nothing,
        };

    private static string Union(IEnumerable<string> statements) => string.Join(" UNION ALL ", statements);

    private static string Where(IReadOnlyList<string> conditions) => $"WHERE {string.Join(" AND ", conditions)}";

    private static string LikePattern(string? search) =>
        $"%{search?.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
