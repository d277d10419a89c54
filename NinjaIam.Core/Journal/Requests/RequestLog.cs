using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal.Requests;

/// <summary>
/// Keeps what the SCIM endpoint was asked and answered, off the path of the request: records wait in memory and are redacted and written
/// once a second to a file of their own. What comes faster than that is dropped and counted; a broken file or a full disk stops nothing.
/// </summary>
public sealed partial class RequestLog : WriteBehind<string, RequestRecord>
{
    private const int MostWaiting = 10_000;
    private const int MostWaitingBytes = 32 * 1024 * 1024;
    private const int MostAtOnce = 500;
    private const int FewestRemovedAtOnce = 200;
    private const int PagesGivenBackAtOnce = 2_000;
    private const int DiskFull = 13;

    private readonly RequestLogFile _file;
    private readonly RequestLogOptions _options;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ILogger<RequestLog> _logger;
    private SqliteConnection? _connection;
    private RequestLogState _state;
    private long _waitingBytes;
    private int _lost;

    public RequestLog(
        RequestLogFile file,
        IOptions<RequestLogOptions> options,
        ChangeFeed feed,
        TimeProvider clock,
        ILogger<RequestLog> logger
    )
        : base(TimeSpan.FromSeconds(1), logger)
    {
        (_file, _options, _feed, _clock, _logger) = (file, options.Value, feed, clock, logger);
        _state = _options.Enabled ? RequestLogState.Working : RequestLogState.Off;
    }

    public RequestLogState State => _state;

    public bool IsOn => _options.Enabled;

    public int DaysKept => _options.Days;

    internal int LostAndNotCounted => Volatile.Read(ref _lost);

    /// <summary>Takes a request to be written soon. Returns at once, whatever state the log is in.</summary>
    public void Record(RequestRecord request)
    {
        if (!IsOn)
        {
            return;
        }

        if (WaitingCount >= MostWaiting || Interlocked.Read(ref _waitingBytes) >= MostWaitingBytes)
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        Interlocked.Add(ref _waitingBytes, request.Weight);
        Add(request.RequestId, request);
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    protected override RequestRecord Merge(RequestRecord earlier, RequestRecord later) => later;

    protected override Task WriteAsync(IReadOnlyDictionary<string, RequestRecord> batch, CancellationToken cancellationToken)
    {
        var written = 0;
        try
        {
            _connection ??= _file.OpenWriter();
            foreach (var part in batch.Values.Chunk(MostAtOnce))
            {
                Write(_connection, part);
                written += part.Length;
                Prune(_connection, part);
            }

            Become(RequestLogState.Working, null);
        }
        catch (Exception failure)
        {
            // Keeping them for later would fill the memory as long as the disk is full.
            Interlocked.Add(ref _lost, batch.Count - written);
            Close();
            Become(failure is SqliteException { SqliteErrorCode: DiskFull } ? RequestLogState.DiskFull : RequestLogState.Broken, failure);
        }

        Interlocked.Add(ref _waitingBytes, -batch.Values.Sum(request => (long)request.Weight));
        foreach (var provider in batch.Values.Select(request => request.ProviderId).Distinct())
        {
            _feed.Publish(new Change(ChangeTopic.Requests, provider));
        }

        return Task.CompletedTask;
    }

    private void Write(SqliteConnection connection, RequestRecord[] batch)
    {
        using var transaction = connection.BeginTransaction();
        using var statements = new PreparedStatements(connection);
        foreach (var request in batch)
        {
            Insert(statements, request);
        }

        foreach (
            var tally in batch.CountBy(request => (request.ProviderId, Minute: MinuteOf(request.At), Speed: Speed.Of(request.Duration)))
        )
        {
            using var count = statements.Get(
                """
                INSERT INTO tallies(provider, minute, speed, requests) VALUES ($provider, $minute, $speed, $requests)
                ON CONFLICT(provider, minute, speed) DO UPDATE SET requests = requests + excluded.requests
                """,
                ("$provider", tally.Key.ProviderId),
                ("$minute", tally.Key.Minute),
                ("$speed", tally.Key.Speed),
                ("$requests", tally.Value)
            );
            count.ExecuteNonQuery();
        }

        var lost = Interlocked.Exchange(ref _lost, 0);
        try
        {
            if (lost > 0)
            {
                using var losses = statements.Get(
                    """
                    INSERT INTO losses(minute, requests) VALUES ($minute, $requests)
                    ON CONFLICT(minute) DO UPDATE SET requests = requests + excluded.requests
                    """,
                    ("$minute", MinuteOf(_clock.GetUtcNow())),
                    ("$requests", lost)
                );
                losses.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch
        {
            Interlocked.Add(ref _lost, lost);
            throw;
        }
    }

    private static void Insert(PreparedStatements statements, RequestRecord request)
    {
        var isGroup = request.Path.Contains("/Groups", StringComparison.OrdinalIgnoreCase);
        var sent = BodyRedaction.Redact(request.Request, isAnswer: false, isGroup);
        var answered = BodyRedaction.Redact(request.Answer, isAnswer: true, isGroup);
        using var row = statements.Get(
            """
            INSERT INTO requests(request_id, at, provider, token, method, path, status, duration, address, agent, client_ids,
                request, request_size, request_cut, answer, answer_size, answer_cut, repairs, operations)
            VALUES ($id, $at, $provider, $token, $method, $path, $status, $duration, $address, $agent, $clientIds,
                $request, $requestSize, $requestCut, $answer, $answerSize, $answerCut, $repairs, $operations)
            """,
            ("$id", request.RequestId),
            ("$at", request.At),
            ("$provider", request.ProviderId),
            ("$token", request.Token),
            ("$method", request.Method),
            ("$path", Redaction.Address(request.Path, request.Query, request.Route)),
            ("$status", request.Status),
            ("$duration", (long)request.Duration.TotalMicroseconds),
            ("$address", request.Address),
            ("$agent", request.UserAgent),
            ("$clientIds", Packed(request.ClientIds.Select(id => $"{id.Header}: {id.Value}"))),
            ("$request", sent.Text),
            ("$requestSize", sent.Size),
            ("$requestCut", sent.IsCut),
            ("$answer", answered.Text),
            ("$answerSize", answered.Size),
            ("$answerCut", answered.IsCut),
            ("$repairs", Packed(request.Repairs.Select(repair => $"{repair.Rule}: {Redaction.AttributePath(repair.Target)}"))),
            ("$operations", Packed(request.Operations.Select(done => $"{done.Operation} {done.Status}: {done.Count}")))
        );
        row.ExecuteNonQuery();
    }

    private static string? Packed(IEnumerable<string> texts) =>
        texts.ToList() is { Count: > 0 } list ? JsonSerializer.Serialize(list) : null;

    /// <summary>Removes a little more than was added, so that it keeps up without ever taking long.</summary>
    private void Prune(SqliteConnection connection, RequestRecord[] batch)
    {
        using var transaction = connection.BeginTransaction();
        var cutoff = _clock.GetUtcNow().AddDays(-_options.Days);
        var pages = Number("PRAGMA page_count");
        var free = Number("PRAGMA freelist_count");
        var isTooLarge = (pages - free) * Number("PRAGMA page_size") > _options.Megabytes * 1024L * 1024L;
        if (isTooLarge || Number("SELECT COALESCE(MIN(at), $cutoff) < $cutoff FROM (SELECT at FROM requests ORDER BY seq LIMIT 1)") == 1)
        {
            Run(
                "DELETE FROM requests WHERE seq IN (SELECT seq FROM requests ORDER BY seq LIMIT $steps) AND ($all OR at < $cutoff)",
                ("$steps", Math.Max(2 * batch.Length, FewestRemovedAtOnce)),
                ("$all", isTooLarge),
                ("$cutoff", cutoff)
            );
        }

        foreach (var provider in batch.Select(request => request.ProviderId).Distinct())
        {
            Run(
                "DELETE FROM tallies WHERE provider = $provider AND minute < $minute",
                ("$provider", provider),
                ("$minute", MinuteOf(cutoff))
            );
        }

        Run("DELETE FROM losses WHERE minute < $minute", ("$minute", MinuteOf(cutoff)));
        transaction.Commit();
        if (free > pages / 4)
        {
            GiveBackPages(connection);
        }

        void Run(string sql, params ReadOnlySpan<(string, object?)> parameters)
        {
            using var statement = connection.Statement(sql, parameters);
            statement.ExecuteNonQuery();
        }

        long Number(string sql)
        {
            using var statement = connection.Statement(sql, ("$cutoff", cutoff));
            return (long)statement.ExecuteScalar()!;
        }
    }

    private static void GiveBackPages(SqliteConnection connection)
    {
        using var statement = connection.Statement(
            string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({PagesGivenBackAtOnce})")
        );
        using var steps = statement.ExecuteReader();
        while (steps.Read())
        {
            // Each step gives one page back.
        }
    }

    /// <summary>Called by readers, who meet a broken file before anything is written to it.</summary>
    internal void CouldNotBeRead(Exception reason) => Become(RequestLogState.Broken, reason);

    internal static long MinuteOf(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMinute;

    private void Become(RequestLogState state, Exception? reason)
    {
        if (state == _state)
        {
            return;
        }

        _state = state;
        if (reason is null)
        {
            WorksAgain();
        }
        else
        {
            Failed(reason, _file.Path);
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Requests can't be written to {File}. The endpoint goes on without its log.")]
    private partial void Failed(Exception exception, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "Requests are written to the log again.")]
    private partial void WorksAgain();
}
