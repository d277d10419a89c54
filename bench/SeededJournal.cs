using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Storage;

namespace NinjaIam.Bench;

/// <summary>
/// A data directory whose journal is long: one change every few seconds for more than a year, of 1,000,000 people and 100,000 groups at
/// 1,000 identity providers, and a refusal for every tenth change. It is written by SQL: the digests in it are made up.
/// </summary>
internal sealed record SeededJournal(string Data, int Rows)
{
    public const int People = 1_000_000;

    /// <summary>Nearly every tenth change is one of this group's members.</summary>
    public const string LargeGroup = "01900000-0000-7000-9000-000000000000";

    private const int RowsAtOnce = 1_000_000;
    private const int Providers = 1_000;
    private const string Complete = "complete";
    public static readonly TimeSpan Distance = TimeSpan.FromSeconds(3.5);

    /// <summary>Has about five of ten changes; the others share the rest.</summary>
    public static Guid Provider(int number) => new(0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)(number >> 8), (byte)number);

    public static string Person(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"01900000-{number >> 16:x4}-7000-8000-{number & 0xffff:x12}");

    /// <summary>Fills a directory, or takes the one of an earlier run. Reading is all that may be done with it.</summary>
    public static async Task<SeededJournal> PrepareAsync(string cache, string program, int rows, CancellationToken cancellationToken)
    {
        var place = Path.Combine(cache, $"journal-{rows}");
        var data = Path.Combine(place, "data");
        if (!File.Exists(Path.Combine(place, Complete)))
        {
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Console.Error.WriteLine($"Filling a journal with {rows:N0} changes ...");
            var begin = Stopwatch.GetTimestamp();
            await using (await Portal.StartAsync(program, data, cancellationToken)) { }

            await FillAsync(Path.Combine(data, SqliteDatabase.FileName), rows, cancellationToken);

            // Written last: without it the directory is not complete.
            await File.WriteAllTextAsync(Path.Combine(place, Complete), "", cancellationToken);
            Console.Error.WriteLine($"... in {Stopwatch.GetElapsedTime(begin).TotalSeconds:N0} s.");
        }

        return new SeededJournal(data, rows);
    }

    private static async Task FillAsync(string file, int rows, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        connection.RunScript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY"
        );

        // Indexes over what is there already are made much sooner than row by row.
        var indexes = await IndexesAsync(connection);
        foreach (var (name, _) in indexes)
        {
            await RunAsync($"DROP INDEX \"{name}\"");
        }

        // What the installation has done by itself so far is made its past.
        await RunAsync("""UPDATE journal SET "At" = 0""");
        await using var count = connection.Statement("""SELECT MAX("Seq") FROM journal""");
        var own = await count.ExecuteScalarAsync();
        var start = DateTimeOffset.UtcNow - (rows * Distance);
        for (var done = 0; done < rows; done += RowsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            foreach (var sql in (string[])[Changes, Values, Refusals])
            {
                await RunAsync(
                    sql,
                    ("$first", done),
                    ("$last", Math.Min(done + RowsAtOnce, rows) - 1),
                    ("$start", start),
                    ("$distance", Distance.Ticks),
                    ("$milliseconds", start.ToUnixTimeMilliseconds()),
                    ("$provider", Provider(0).ToByteArray(bigEndian: true)[..14]),
                    ("$people", People),
                    ("$providers", Providers),
                    ("$largeGroup", LargeGroup),
                    ("$own", own)
                );
            }

            await transaction.CommitAsync(cancellationToken);
            Console.Error.WriteLine($"... {Math.Min(done + RowsAtOnce, rows):N0}");
        }

        foreach (var (_, sql) in indexes)
        {
            await RunAsync(sql);
        }

        await RunAsync("PRAGMA journal_mode = WAL");

        async Task RunAsync(string sql, params (string, object?)[] parameters)
        {
            await using var statement = connection.Statement(sql, parameters);
            await statement.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<(string Name, string Sql)>> IndexesAsync(SqliteConnection connection)
    {
        var indexes = new List<(string, string)>();
        await using var statement = connection.Statement(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('journal', 'security_events')"
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            indexes.Add((rows.GetString(0), rows.GetString(1)));
        }

        return indexes;
    }

    // A prime spreads people and groups over the numbers.
    private const string Changes = """
        WITH RECURSIVE number(n) AS (SELECT $first UNION ALL SELECT n + 1 FROM number WHERE n < $last),
        spread AS (SELECT n, (n * 7919 + n / 1000) % $people AS person, (n * 104729 + n / 1000) % 100 AS share FROM number),
        kind AS (
            SELECT *, CASE WHEN n % 100003 = 5 THEN 'organization.changed' WHEN n % 50021 = 6 THEN 'token.created'
                WHEN n % 20011 = 7 THEN 'session.started' WHEN share < 12 THEN 'user.created' WHEN share < 50 THEN 'user.changed'
                WHEN share < 53 THEN 'user.deactivated' WHEN share < 54 THEN 'group.created' ELSE 'group.members' END AS kind
            FROM spread)
        INSERT INTO journal("Seq", "At", "RequestId", "ActorKind", "ActorId", "ActorToken", "Address", "UserAgent", "ProviderId",
            "ResourceType", "ResourceId", "Kind", "VersionBefore", "VersionAfter", "Salt", "ValuesDigest", "Digest")
        SELECT $own + 1 + n, $start + n * $distance, printf('%011x%09x', $milliseconds + n * ($distance / 10000), n), 2, randomblob(16), 'a1B2c3D4',
            '203.0.113.7', 'Provisioning/1.0',
            CASE WHEN kind LIKE 'organization%' OR kind LIKE 'session%' THEN NULL
                ELSE CAST($provider || unhex(printf('%04x', CASE WHEN person % 2 = 0 THEN 0 ELSE 1 + person % ($providers - 1) END)) AS BLOB) END,
            CASE WHEN kind LIKE 'group%' THEN 'Group' WHEN kind LIKE 'organization%' THEN 'Organization' WHEN kind LIKE 'token%' THEN 'Token'
                ELSE 'User' END,
            CASE WHEN kind LIKE 'organization%' THEN CAST(1 + n % 50 AS TEXT) WHEN kind LIKE 'token%' THEN 'a1B2c3D4'
                WHEN kind LIKE 'group%' AND share > 90 THEN $largeGroup
                WHEN kind LIKE 'group%' THEN printf('01900000-%04x-7000-9000-%012x', 1 + person % 100000 / 65536, person % 65536)
                ELSE printf('01900000-%04x-7000-8000-%012x', person / 65536, person % 65536) END,
            kind, 1 + n % 40, 2 + n % 40, randomblob(16), randomblob(32), randomblob(32)
        FROM kind
        """;

    private const string Values = """
        INSERT INTO journal_values("Seq", "Actor", "Subject", "Member", "Added", "Removed", "Changes")
        SELECT "Seq", 'Contoso', CASE WHEN "Kind" LIKE 'group%' THEN 'Group ' || substr("ResourceId", 25)
                ELSE 'person-' || substr("ResourceId", 25) || '@contoso.com' END,
            CASE WHEN "Kind" = 'group.members' THEN 'person-' || ("Seq" % $people) || '@contoso.com' END, "Kind" = 'group.members', 0,
            CASE WHEN "Kind" = 'group.members' THEN '[["members","[]","[\"01900000-0000-7000-8000-' || printf('%012x', "Seq") || '\"]"]]'
                ELSE '[["displayName","Ada Lind","Ada Lind-Berg"],["title","Engineer","Senior engineer"]]' END
        FROM journal WHERE "Seq" > $own + $first
        """;

    private const string Refusals = """
        WITH RECURSIVE number(n) AS (SELECT ($first + 9) / 10 UNION ALL SELECT n + 1 FROM number WHERE n < $last / 10)
        INSERT INTO security_events("Minute", "Digest", "Cause", "ProviderId", "Token", "Address", "UserAgent", "Request", "Status", "Detail",
            "Count", "LastAt", "RequestId")
        SELECT $start + n * 10 * $distance, randomblob(16), CASE WHEN n % 10007 = 3 THEN 'sign-in.refused' WHEN n % 10 = 0 THEN 'token.unknown'
                ELSE 'scim.refused' END,
            CASE WHEN n % 10007 <> 3 THEN CAST($provider || unhex(printf('%04x', CASE WHEN n % 2 = 0 THEN 0 ELSE n % $providers END)) AS BLOB) END,
            'a1B2c3D4', '203.0.113.7', 'Provisioning/1.0', 'POST /scim/v2/k3v9q2mh7t12/Users', 400,
            'userType "Member" is not allowed. Allowed are Technician and endUser.', 1 + n % 7, $start + n * 10 * $distance,
            printf('refused-%012x', n)
        FROM number
        """;
}
