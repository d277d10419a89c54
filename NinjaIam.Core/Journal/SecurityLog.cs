using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>One refusal, as the place that refused reports it.</summary>
/// <param name="Detail">The precise reason in words, never with a secret in it.</param>
public sealed record Refused(string Cause, string Detail, string RequestId)
{
    public Guid? ProviderId { get; init; }

    public string? Token { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public string? Request { get; init; }

    public int? Status { get; init; }
}

/// <summary>
/// Keeps refusals off the path of the request: they are counted in memory, equal ones of a minute together, and written once a second.
/// A flood is capped: what does not fit is counted under its cause alone.
/// </summary>
public sealed partial class SecurityLog(IWritePath writePath, ChangeFeed feed, TimeProvider clock, ILogger<SecurityLog> logger)
    : BackgroundService
{
    private const int MostDifferentPerSecond = 500;
    private const int LongestText = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Key, (int Count, DateTimeOffset LastAt, string RequestId)> _waiting = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);

    public void Record(Refused refused)
    {
        var now = clock.GetUtcNow();
        var key = new Key(
            new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero),
            refused.Cause,
            refused.ProviderId,
            Shorten(refused.Token),
            Shorten(refused.Address),
            Shorten(refused.UserAgent),
            Shorten(refused.Request),
            refused.Status,
            Shorten(refused.Detail) ?? ""
        );
        if (_waiting.Count >= MostDifferentPerSecond && !_waiting.ContainsKey(key))
        {
            key = key with { Token = null, Address = null, UserAgent = null, Request = null, Detail = "Several refusals of this kind." };
        }

        _waiting.AddOrUpdate(key, (1, now, refused.RequestId), (_, old) => (old.Count + 1, now, refused.RequestId));
    }

    /// <summary>Writes what is waiting now instead of within a second.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            var taken = new List<(Key Key, int Count, DateTimeOffset LastAt, string RequestId)>();
            foreach (var key in _waiting.Keys)
            {
                if (_waiting.TryRemove(key, out var counted))
                {
                    taken.Add((key, counted.Count, counted.LastAt, counted.RequestId));
                }
            }

            if (taken.Count == 0)
            {
                return;
            }

            await writePath.RunAsync(
                async scope =>
                {
                    foreach (var (key, count, lastAt, requestId) in taken)
                    {
                        await AddAsync(scope, key, count, lastAt, requestId);
                    }

                    return taken.Count;
                },
                cancellationToken
            );
            foreach (var provider in taken.Select(row => row.Key.ProviderId).Distinct())
            {
                feed.Publish(new Change(ChangeTopic.Refusals, provider));
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _flushing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await FlushAsync(CancellationToken.None);
                }
                catch (Exception exception)
                {
                    // The next second tries again with what comes then; the portal itself must not stop for it.
                    FlushFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program is stopping; StopAsync writes the rest.
        }
    }

    private static async Task AddAsync(WriteScope scope, Key key, int count, DateTimeOffset lastAt, string requestId)
    {
        await using var update = scope.Statement(
            """
            UPDATE security_events SET "Count" = "Count" + $count, "LastAt" = $last, "RequestId" = $request
            WHERE "Id" = (
                SELECT "Id" FROM security_events
                WHERE "LastAt" >= $minute AND "Minute" = $minute AND "Cause" = $cause AND "ProviderId" IS $provider AND "Token" IS $token
                    AND "Address" IS $address AND "UserAgent" IS $agent AND "Request" IS $path AND "Status" IS $status AND "Detail" = $detail
                LIMIT 1)
            """,
            Parameters(key, count, lastAt, requestId)
        );
        if (await update.ExecuteNonQueryAsync() > 0)
        {
            return;
        }

        await using var insert = scope.Statement(
            """
            INSERT INTO security_events("Minute", "Cause", "ProviderId", "Token", "Address", "UserAgent", "Request", "Status", "Detail", "Count", "LastAt", "RequestId")
            VALUES ($minute, $cause, $provider, $token, $address, $agent, $path, $status, $detail, $count, $last, $request)
            """,
            Parameters(key, count, lastAt, requestId)
        );
        await insert.ExecuteNonQueryAsync();
    }

    private static (string, object?)[] Parameters(Key key, int count, DateTimeOffset lastAt, string requestId) =>
        [
            ("$minute", key.Minute),
            ("$cause", key.Cause),
            ("$provider", key.ProviderId),
            ("$token", key.Token),
            ("$address", key.Address),
            ("$agent", key.UserAgent),
            ("$path", key.Request),
            ("$status", key.Status),
            ("$detail", key.Detail),
            ("$count", count),
            ("$last", lastAt),
            ("$request", requestId),
        ];

    private static string? Shorten(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;

    [LoggerMessage(Level = LogLevel.Error, Message = "Refusals could not be written.")]
    private partial void FlushFailed(Exception exception);

    private sealed record Key(
        DateTimeOffset Minute,
        string Cause,
        Guid? ProviderId,
        string? Token,
        string? Address,
        string? UserAgent,
        string? Request,
        int? Status,
        string Detail
    );
}
