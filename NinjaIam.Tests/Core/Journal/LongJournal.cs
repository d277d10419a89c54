using Microsoft.Data.Sqlite;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using SQLitePCL;
using Xunit;

namespace NinjaIam.Tests.Core.Journal;

/// <summary>
/// A journal of 120,000 rows that then becomes twice as long by more of the same, and how many steps SQLite needs for each reading of it
/// before and afterwards.
/// </summary>
public sealed class LongJournal : IAsyncLifetime
{
    public const int Rows = 120_000;
    public const string Group = "a group";
    public const string Person = "a person";

    /// <summary>Whose almost all rows are, and of whom there are few.</summary>
    public static readonly Guid Large = Guid.NewGuid();
    public static readonly Guid Small = Guid.NewGuid();

    private readonly List<SqliteConnection> _readers = [];

    public LongJournal()
    {
        Installation = new Installation
        {
            WatchReader = reader =>
            {
                reader.Handle!.enable_sqlite3_next_stmt(true);
                _readers.Add(reader);
            },
        };
    }

    public Installation Installation { get; }

    public Dictionary<string, long> Before { get; private set; } = [];

    public Dictionary<string, long> After { get; private set; } = [];

    public static IReadOnlyDictionary<string, ActivityFilter> Filters { get; } =
        new Dictionary<string, ActivityFilter>
        {
            ["everything"] = new(),
            ["changes"] = new() { Refused = false },
            ["refusals"] = new() { Refused = true },
            ["users"] = new() { Area = ActivityArea.Users },
            ["groups"] = new() { Area = ActivityArea.Groups },
            ["tokens, of which there are few"] = new() { Area = ActivityArea.Tokens },
            ["organizations, of which there are few"] = new() { Area = ActivityArea.Organizations },
            ["sign-ins, of which there are few"] = new() { Area = ActivityArea.SignIn },
            ["a large provider"] = new() { ProviderId = Large },
            ["a small provider"] = new() { ProviderId = Small },
            ["the users of a large provider"] = new() { ProviderId = Large, Area = ActivityArea.Users },
            ["the tokens of a large provider"] = new() { ProviderId = Large, Area = ActivityArea.Tokens },
            ["the refusals of a large provider"] = new() { ProviderId = Large, Refused = true },
            ["a group's timeline"] = new() { ResourceId = Group },
            ["a person's timeline"] = new() { ResourceId = Person },
            ["a search in everything"] = new() { Search = "nobody" },
            ["a search among users"] = new() { Search = "nobody", Area = ActivityArea.Users },
            ["a search in a large provider"] = new() { Search = "nobody", ProviderId = Large },
            ["a search in a group's timeline"] = new() { Search = "nobody", ResourceId = Group },
            ["a search for a request"] = new() { Search = "request 5", Area = ActivityArea.Tokens },
        };

    public async Task InitializeAsync()
    {
        await Installation.InitializeAsync();
        await GrowAsync(
            """
            SELECT n, CASE WHEN n % 3000 = 0 THEN 'token.created' WHEN n % 7000 = 0 THEN 'organization.changed'
                    WHEN n % 9000 = 0 THEN 'session.started' WHEN n % 2 = 0 THEN 'group.members' ELSE 'user.changed' END AS kind,
                CASE WHEN n % 4000 = 7 THEN $small ELSE $large END AS provider,
                CASE WHEN n % 2 = 0 THEN $group WHEN n % 10001 = 0 THEN $person ELSE 'somebody ' || n END AS resource,
                CASE WHEN n % 4000 = 7 THEN 'sign-in.refused' WHEN n % 5000 = 9 THEN 'token.unknown' ELSE 'scim.refused' END AS cause
            FROM n
            """
        );
        Before = await MeasureAsync();
        await GrowAsync(
            """
            SELECT n, CASE WHEN n % 2 = 0 THEN 'group.members' ELSE 'user.changed' END AS kind, $large AS provider,
                CASE WHEN n % 2 = 0 THEN $group ELSE 'somebody else ' || n END AS resource, 'scim.refused' AS cause
            FROM n WHERE $small IS NOT NULL AND $person IS NOT NULL
            """
        );
        After = await MeasureAsync();
    }

    public Task DisposeAsync() => Installation.DisposeAsync();

    private async Task<Dictionary<string, long>> MeasureAsync()
    {
        var activities = Installation.Get<Activities>();
        var steps = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, filter) in Filters)
        {
            await MeasureAsync($"{name}: the first page", () => activities.PageAsync(Actor.System, filter, 0, 100, CancellationToken.None));
            await MeasureAsync(
                $"{name}: the last page",
                () => activities.PageAsync(Actor.System, filter, Activities.Reach - 100, 100, CancellationToken.None)
            );
            await MeasureAsync(
                $"{name}: how many",
                () => activities.CountAsync(Actor.System, filter, Activities.Reach, CancellationToken.None)
            );
            var newest = await activities.ListAsync(Actor.System, filter with { Search = null }, 1, CancellationToken.None);
            await MeasureAsync(
                $"{name}: what is older than an instant",
                () =>
                    activities.PageAsync(
                        Actor.System,
                        filter with
                        {
                            Before = ActivityKey.Of(newest[0]),
                            Since = newest[0].At.AddHours(-1),
                        },
                        0,
                        100,
                        CancellationToken.None
                    )
            );
        }

        await MeasureAsync("the last change", () => activities.LatestChangeAsync(Actor.System, Person, CancellationToken.None));
        return steps;

        async Task MeasureAsync<T>(string name, Func<Task<T>> read)
        {
            Steps();
            await read();
            steps.Add(name, Steps());
        }
    }

    /// <summary>How many steps all statements took since the last call.</summary>
    private long Steps()
    {
        var steps = 0L;
        foreach (var reader in _readers.Where(reader => reader.State == System.Data.ConnectionState.Open))
        {
            for (
                var statement = raw.sqlite3_next_stmt(reader.Handle!, null!);
                statement is not null;
                statement = raw.sqlite3_next_stmt(reader.Handle!, statement)
            )
            {
                steps += raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 1);
            }
        }

        return steps;
    }

    private Task GrowAsync(string rows) =>
        Installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    // A second between one and the next, so that the order of time is the order of rows.
                    var numbers = $"""
                        WITH RECURSIVE first(n) AS (SELECT MAX("Seq") FROM journal),
                        number(n) AS (SELECT n + 1 FROM first UNION ALL SELECT number.n + 1 FROM number, first WHERE number.n < first.n + {Rows}),
                        n(n) AS (SELECT n FROM number),
                        line AS ({rows})
                        """;
                    await RunAsync(
                        scope,
                        $"""
                        {numbers}
                        INSERT INTO security_events("Minute", "Digest", "Cause", "ProviderId", "Detail", "Count", "LastAt", "RequestId")
                        SELECT n, randomblob(16), cause, provider, 'No.', 1, {Time} + n * 10000000, 'request ' || n FROM line
                        """
                    );
                    await RunAsync(
                        scope,
                        $"""
                        {numbers}
                        INSERT INTO journal("Seq", "At", "RequestId", "ActorKind", "ProviderId", "ResourceId", "Kind", "ValuesDigest", "Digest")
                        SELECT n, {Time} + n * 10000000, 'request ' || n, 2, provider, resource, kind, zeroblob(32), zeroblob(32) FROM line
                        """
                    );
                    await RunAsync(
                        scope,
                        """
                        INSERT INTO journal_values("Seq", "Actor", "Subject", "Added", "Removed")
                        SELECT "Seq", 'Contoso', 'ada@contoso.com', 0, 0 FROM journal WHERE "Seq" NOT IN (SELECT "Seq" FROM journal_values)
                            AND $large IS NOT NULL AND $small IS NOT NULL AND $group IS NOT NULL AND $person IS NOT NULL
                        """
                    );
                    return true;
                },
                CancellationToken.None
            );

    private long Time => Installation.Clock.GetUtcNow().UtcTicks;

    private static async Task RunAsync(WriteScope scope, string sql)
    {
        await using var statement = scope.Statement(sql, ("$large", Large), ("$small", Small), ("$group", Group), ("$person", Person));
        await statement.ExecuteNonQueryAsync();
    }
}
