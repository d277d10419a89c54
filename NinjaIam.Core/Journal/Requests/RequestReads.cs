using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal.Requests;

/// <summary>Reads the request log. While its file can't be read, it answers as if nothing had been kept; the log's state says so.</summary>
public sealed class RequestReads(RequestLogFile file, RequestLog log)
{
    /// <summary>Rows beyond this many newer ones are reached by a filter only.</summary>
    public const int Reach = 10_000;

    private const string Columns = """
        SELECT request_id, at, provider, token, method, path, status, duration, address, agent, client_ids,
            request, request_size, request_cut, answer, answer_size, answer_cut, repairs, operations
        FROM requests
        """;

    // A pause this long ends a run of requests.
    private const int MinutesOfPause = 5;
    private const int FewestPauses = 3;

    /// <summary>One page, newest first.</summary>
    public async Task<Page<LoggedRequest>> ListAsync(
        Actor actor,
        RequestFilter filter,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        var conditions = Conditions(filter);
        (string, object?)[] parameters = [("$provider", filter.ProviderId), ("$since", filter.Since), ("$id", filter.RequestId)];
        return await ReadAsync(async reader =>
            {
                var rows = new List<LoggedRequest>();
                await using (
                    var statement = reader.Statement(
                        $"{Columns}{conditions} ORDER BY at DESC, seq DESC LIMIT $take OFFSET $skip",
                        [.. parameters, ("$take", Math.Clamp(take, 1, PageRequest.MostRows)), ("$skip", Math.Min(skip, Reach))]
                    )
                )
                {
                    await using var found = await statement.ExecuteReaderAsync();
                    while (await found.ReadAsync())
                    {
                        rows.Add(Read(found));
                    }
                }

                await using var count = reader.Statement(
                    $"SELECT COUNT(*) FROM (SELECT 1 FROM requests{conditions} LIMIT $reach)",
                    [.. parameters, ("$reach", Reach)]
                );
                return new Page<LoggedRequest>(rows, (int)(long)(await count.ExecuteScalarAsync())!);
            }) ?? new Page<LoggedRequest>([], 0);
    }

    /// <summary>The request of that id, or null when the log does not have it.</summary>
    public Task<LoggedRequest?> FindAsync(Actor actor, string requestId, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        return ReadAsync(async reader =>
        {
            await using var statement = reader.Statement($"{Columns} WHERE request_id = $id", ("$id", requestId));
            await using var found = await statement.ExecuteReaderAsync();
            return await found.ReadAsync() ? Read(found) : null;
        });
    }

    /// <summary>In short, those of some requests that the log has, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, RequestBrief>> BriefsAsync(
        Actor actor,
        IEnumerable<string> requestIds,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        var wanted = JsonSerializer.Serialize(requestIds.Distinct());
        return await ReadAsync(async reader =>
            {
                var briefs = new Dictionary<string, RequestBrief>(StringComparer.Ordinal);
                await using var statement = reader.Statement(
                    """
                    SELECT request_id, status, duration, repairs IS NOT NULL FROM requests
                    WHERE request_id IN (SELECT value FROM json_each($ids))
                    """,
                    ("$ids", wanted)
                );
                await using var rows = await statement.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    var status = rows.IsDBNull(1) ? (int?)null : rows.GetInt32(1);
                    briefs.Add(
                        rows.GetString(0),
                        new RequestBrief(status, TimeSpan.FromMicroseconds(rows.GetInt64(2)), rows.GetBoolean(3))
                    );
                }

                return briefs;
            }) ?? [];
    }

    /// <summary>What a provider's requests since an instant look like.</summary>
    public async Task<RequestSummary> SummaryAsync(Actor actor, Guid providerId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var from = RequestLog.MinuteOf(since);
        return await ReadAsync(async reader =>
            {
                var minutes = new List<long>();
                var speeds = new SortedDictionary<int, long>();
                await using (
                    var tallies = reader.Statement(
                        "SELECT minute, speed, requests FROM tallies WHERE provider = $provider AND minute >= $from ORDER BY minute",
                        ("$provider", providerId),
                        ("$from", from)
                    )
                )
                {
                    await using var rows = await tallies.ExecuteReaderAsync();
                    while (await rows.ReadAsync())
                    {
                        minutes.Add(rows.GetInt64(0));
                        speeds[rows.GetInt32(1)] = speeds.GetValueOrDefault(rows.GetInt32(1)) + rows.GetInt64(2);
                    }
                }

                await using var losses = reader.Statement(
                    "SELECT COALESCE(SUM(requests), 0) FROM losses WHERE minute >= $from",
                    ("$from", from)
                );
                var lost = (long)(await losses.ExecuteScalarAsync())! + log.LostAndNotCounted;
                return new RequestSummary(speeds.Values.Sum(), Within(speeds, 0.5), Within(speeds, 0.95), CadenceOf(minutes), lost);
            }) ?? new RequestSummary(0, null, null, null, log.LostAndNotCounted);
    }

    private static string Conditions(RequestFilter filter)
    {
        // Other clients' names for a request are not indexed: looking for one reads the provider's newest requests only.
        var conditions = new StringBuilder(
            filter.RequestId is null
                ? " WHERE provider = $provider"
                : """
                 WHERE +provider = $provider AND seq IN (
                    SELECT seq FROM requests WHERE request_id = $id
                    UNION ALL
                    SELECT seq FROM (SELECT seq, client_ids FROM requests WHERE provider = $provider ORDER BY at DESC LIMIT 10000)
                    WHERE instr(client_ids, ': ' || $id || '"') > 0)
                """
        );
        conditions.Append(
            filter.Result switch
            {
                RequestResult.Refused => " AND status >= 400",
                RequestResult.Repaired => " AND repairs IS NOT NULL",
                _ => "",
            }
        );
        return conditions.Append(filter.Since is null ? "" : " AND at >= $since").ToString();
    }

    private async Task<T?> ReadAsync<T>(Func<ReadSession, Task<T?>> read)
        where T : class
    {
        try
        {
            await using var reader = file.OpenReader();
            return reader is null ? null : await read(reader);
        }
        catch (SqliteException failure) when (!SqliteDeadline.WasMissed(failure))
        {
            log.CouldNotBeRead(failure);
            return null;
        }
    }

    private static TimeSpan? Within(SortedDictionary<int, long> speeds, double share)
    {
        var wanted = share * speeds.Values.Sum();
        long seen = 0;
        foreach (var (speed, count) in speeds)
        {
            seen += count;
            if (seen >= wanted)
            {
                return Speed.Longest(speed);
            }
        }

        return null;
    }

    /// <summary>The middle one of the distances between the beginnings of runs.</summary>
    private static TimeSpan? CadenceOf(List<long> minutes)
    {
        var begins = minutes.Where((minute, index) => index == 0 || minute - minutes[index - 1] >= MinutesOfPause).ToList();
        var distances = begins.Zip(begins.Skip(1), (one, next) => next - one).Order().ToList();
        return distances.Count < FewestPauses ? null : TimeSpan.FromMinutes(distances[distances.Count / 2]);
    }

    private static LoggedRequest Read(SqlRows row) =>
        new()
        {
            RequestId = row.GetString(0),
            At = row.GetInstant(1),
            ProviderId = row.GetId(2),
            Token = row.GetString(3),
            Method = row.GetString(4),
            Path = row.GetString(5),
            Status = row.IsDBNull(6) ? null : row.GetInt32(6),
            Duration = TimeSpan.FromMicroseconds(row.GetInt64(7)),
            Address = row.GetText(8),
            UserAgent = row.GetText(9),
            ClientIds = Unpacked(row.GetText(10)),
            Request = new LoggedBody(row.GetText(11), row.GetInt64(12), row.GetBoolean(13)),
            Answer = new LoggedBody(row.GetText(14), row.GetInt64(15), row.GetBoolean(16)),
            Repairs = Unpacked(row.GetText(17)),
            Operations = Unpacked(row.GetText(18)),
        };

    private static string[] Unpacked(string? packed) => packed is null ? [] : JsonSerializer.Deserialize<string[]>(packed)!;
}
