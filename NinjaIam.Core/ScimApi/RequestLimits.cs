using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.ScimApi;

/// <summary>
/// Bounds what each token asks, and how often each address fails to show one. The two know nothing of each other: whoever guesses tokens
/// does not slow down the live ones, not even from the same address.
/// </summary>
internal sealed class RequestLimits(IOptions<RequestLimitOptions> options) : IDisposable
{
    private const int LongestRetrySeconds = 60;

    private readonly PartitionedRateLimiter<KnownToken> _pace = PartitionedRateLimiter.Create<KnownToken, string>(token =>
        RateLimitPartition.GetTokenBucketLimiter(
            token.PublicId,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.Burst,
                TokensPerPeriod = options.Value.PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }
        )
    );

    private readonly PartitionedRateLimiter<KnownToken> _atOnce = PartitionedRateLimiter.Create<KnownToken, string>(token =>
        RateLimitPartition.GetConcurrencyLimiter(token.PublicId, _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.AtOnce })
    );

    private readonly PartitionedRateLimiter<string> _failures = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(
            address,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.FailuresPerMinute,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.Value.FailuresPerMinute,
            }
        )
    );

    /// <summary>Lets a request of a token in until the lease is disposed, or says why not.</summary>
    public (RateLimitLease Lease, ScimAnswer? Refusal) Enter(KnownToken token)
    {
        var together = _atOnce.AttemptAcquire(token);
        if (!together.IsAcquired)
        {
            return (
                together,
                Refusal(together, $"The token has {options.Value.AtOnce} requests under way, as many as it may. Wait for an answer.")
            );
        }

        using var paced = _pace.AttemptAcquire(token);
        return paced.IsAcquired
            ? (together, null)
            : (together, Refusal(paced, $"The token asks more than {options.Value.PerSecond} times a second. Ask less often."));
    }

    /// <summary>Counts a request without a live token. Null while the address may go on being told 401.</summary>
    public ScimAnswer? Failed(string? address)
    {
        using var counted = _failures.AttemptAcquire(address ?? "");
        return counted.IsAcquired
            ? null
            : Refusal(counted, "Too many requests without a live token came from this address. Check the token before you repeat them.");
    }

    public void Dispose()
    {
        _pace.Dispose();
        _atOnce.Dispose();
        _failures.Dispose();
    }

    private static ScimAnswer Refusal(RateLimitLease lease, string detail)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known.TotalSeconds : 1;
        return ScimAnswer.Retry(
            new ScimError(StatusCodes.Status429TooManyRequests, null, detail),
            (int)Math.Clamp(Math.Ceiling(wait), 1, LongestRetrySeconds)
        );
    }
}
