using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>What was received, for whoever looks for the cause; it follows the detail. At most 2,000 characters of it are kept.</summary>
    public string? Received { get; init; }
}

/// <summary>
/// Keeps refusals off the path of the request: they are counted in memory, equal ones of a minute together, and written once a second.
/// A flood is capped: what does not fit is counted under its cause and provider alone.
/// </summary>
public sealed class SecurityLog(IWritePath writePath, ChangeFeed feed, TimeProvider clock, ILogger<SecurityLog> logger)
    : WriteBehind<(DateTimeOffset Minute, Refused Kind), (int Count, DateTimeOffset LastAt, string RequestId)>(
        TimeSpan.FromSeconds(1),
        logger
    )
{
    private const int MostKinds = 100;
    private const int MostWaiting = 5_000;
    private const int LongestText = 800;
    private const int LongestReceived = 2_000;
    private const int DigestLength = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Refused>> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Cause, Guid? Provider), string> _shared = [];
    private DateTimeOffset _minute;

    /// <summary>
    /// Writes a refusal down, soon. Answers the identifier by which it is found in Activities: that of the request, or in a flood that of the
    /// first refusal that is counted together with it.
    /// </summary>
    public string Record(Refused refused)
    {
        var now = clock.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var kind = refused with
        {
            RequestId = "",
            Token = Shorten(refused.Token),
            Address = Shorten(refused.Address),
            UserAgent = Shorten(refused.UserAgent),
            Request = Shorten(refused.Request),
            Detail = (Shorten(refused.Detail) ?? "") + Shorten(refused.Received, LongestReceived),
            Received = null,
        };
        var id = refused.RequestId;
        if (!HasRowOfItsOwn(minute, kind, ref id))
        {
            kind = new Refused(kind.Cause, $"Several refusals of this kind. Their identifier is {id}.", "")
            {
                ProviderId = kind.ProviderId,
            };
        }

        Add((minute, kind), (1, now, id));
        return id;
    }

    protected override (int Count, DateTimeOffset LastAt, string RequestId) Merge(
        (int Count, DateTimeOffset LastAt, string RequestId) earlier,
        (int Count, DateTimeOffset LastAt, string RequestId) later
    ) => later with { Count = earlier.Count + later.Count };

    protected override async Task WriteAsync(
        IReadOnlyDictionary<(DateTimeOffset Minute, Refused Kind), (int Count, DateTimeOffset LastAt, string RequestId)> batch,
        CancellationToken cancellationToken
    )
    {
        await writePath.RunAsync(
            async scope =>
            {
                foreach (var ((minute, kind), (count, lastAt, requestId)) in batch)
                {
                    await AddAsync(scope, minute, kind, count, lastAt, requestId);
                }

                return batch.Count;
            },
            cancellationToken
        );
        foreach (var provider in batch.Keys.Select(key => key.Kind.ProviderId).Distinct())
        {
            feed.Publish(new Change(ChangeTopic.Refusals, provider));
        }
    }

    private static async Task AddAsync(
        WriteScope scope,
        DateTimeOffset minute,
        Refused kind,
        int count,
        DateTimeOffset lastAt,
        string requestId
    )
    {
        await using var statement = scope.Statement(
            """
            INSERT INTO security_events("Minute", "Digest", "Cause", "ProviderId", "Token", "Address", "UserAgent", "Request", "Status", "Detail", "Count", "LastAt", "RequestId")
            VALUES ($minute, $digest, $cause, $provider, $token, $address, $agent, $path, $status, $detail, $count, $last, $request)
            ON CONFLICT("Minute", "Digest") DO UPDATE
            SET "Count" = security_events."Count" + excluded."Count", "LastAt" = excluded."LastAt", "RequestId" = excluded."RequestId"
            """,
            ("$minute", minute),
            ("$digest", DigestOf(kind)),
            ("$cause", kind.Cause),
            ("$provider", kind.ProviderId),
            ("$token", kind.Token),
            ("$address", kind.Address),
            ("$agent", kind.UserAgent),
            ("$path", kind.Request),
            ("$status", kind.Status),
            ("$detail", kind.Detail),
            ("$count", count),
            ("$last", lastAt),
            ("$request", requestId)
        );
        await statement.ExecuteNonQueryAsync();
    }

    private static byte[] DigestOf(Refused kind)
    {
        string?[] fields =
        [
            kind.Cause,
            kind.ProviderId?.ToString(),
            kind.Token,
            kind.Address,
            kind.UserAgent,
            kind.Request,
            kind.Status?.ToString(CultureInfo.InvariantCulture),
            kind.Detail,
        ];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields)
        {
            // The length comes first, so that no text can run into the next one; absent and empty differ.
            var text = Encoding.UTF8.GetBytes(field ?? "");
            digest.AppendData(BitConverter.GetBytes(field is null ? -1 : text.Length));
            digest.AppendData(text);
        }

        return digest.GetHashAndReset()[..DigestLength];
    }

    private static string? Shorten(string? text, int most = LongestText) => text?.Length > most ? text[..most] : text;

    /// <summary>False for what is new in a minute that has enough of its cause, and while the database takes nothing.</summary>
    /// <param name="id">Becomes that of the row which stands for the others, where this refusal has none of its own.</param>
    private bool HasRowOfItsOwn(DateTimeOffset minute, Refused kind, ref string id)
    {
        lock (_lock)
        {
            if (minute != _minute)
            {
                _kinds.Clear();
                _shared.Clear();
                _minute = minute;
            }

            if (!_kinds.TryGetValue(kind.Cause, out var kinds))
            {
                _kinds[kind.Cause] = kinds = [];
            }

            if (WaitingCount < MostWaiting && (kinds.Contains(kind) || (kinds.Count < MostKinds && kinds.Add(kind))))
            {
                return true;
            }

            var place = (kind.Cause, kind.ProviderId);
            if (!_shared.TryGetValue(place, out var shared))
            {
                _shared[place] = shared = id;
            }

            id = shared;
            return false;
        }
    }
}
