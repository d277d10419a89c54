using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

/// <summary>
/// When each token was last used: known to open pages at once, written once a minute, and at once on first use, since that ends a wait.
/// </summary>
public sealed class TokenUsage(IWritePath writePath, ChangeFeed feed, TimeProvider clock, ILogger<TokenUsage> logger)
    : WriteBehind<string, (DateTimeOffset First, DateTimeOffset Last)>(TimeSpan.FromMinutes(1), logger)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastUsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _lastRequest = new();

    /// <summary>The last use this process knows of, or null when it has seen none since it started (UTC).</summary>
    public DateTimeOffset? LastUsed(string publicId) => _lastUsed.TryGetValue(publicId, out var at) ? at : null;

    /// <summary>The last authenticated request of a provider that this process knows of (UTC).</summary>
    public DateTimeOffset? LastRequest(Guid providerId) => _lastRequest.TryGetValue(providerId, out var at) ? at : null;

    public void Used(KnownToken token)
    {
        var now = clock.GetUtcNow();
        var isFirst = !_lastUsed.ContainsKey(token.PublicId);
        _lastUsed[token.PublicId] = now;
        _lastRequest[token.ProviderId] = now;
        Add(token.PublicId, (now, now));
        if (isFirst)
        {
            Wake();
        }

        feed.Publish(new Change(ChangeTopic.Tokens, token.ProviderId));
    }

    protected override (DateTimeOffset First, DateTimeOffset Last) Merge(
        (DateTimeOffset First, DateTimeOffset Last) earlier,
        (DateTimeOffset First, DateTimeOffset Last) later
    ) => (earlier.First, later.Last > earlier.Last ? later.Last : earlier.Last);

    protected override Task WriteAsync(
        IReadOnlyDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> batch,
        CancellationToken cancellationToken
    )
    {
        var ids = batch.Keys.ToList();
        return writePath.RunAsync(
            async scope =>
            {
                var tokens = await scope
                    .Database.ScimTokens.Where(token => ids.Contains(token.PublicId))
                    .ToListAsync(CancellationToken.None);
                foreach (var token in tokens)
                {
                    var (first, last) = batch[token.PublicId];
                    token.FirstUsedAt ??= first;
                    token.LastUsedAt = last;
                }

                await scope.Database.SaveChangesAsync(CancellationToken.None);
                foreach (var provider in tokens.Select(token => token.ProviderId).Distinct())
                {
                    scope.AfterCommit(() => feed.Publish(new Change(ChangeTopic.Tokens, provider)));
                }

                return tokens.Count;
            },
            cancellationToken
        );
    }
}
