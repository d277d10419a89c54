using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Tokens;

/// <summary>
/// When each token was last used: known to open pages at once, written once a minute, and at once on first use, since that ends a wait.
/// </summary>
public sealed partial class TokenUsage(IWritePath writePath, ChangeFeed feed, TimeProvider clock, ILogger<TokenUsage> logger)
    : BackgroundService
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastUsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unwritten = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _lastRequest = new();
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>The last use this process knows of, or null when it has seen none since it started (UTC).</summary>
    public DateTimeOffset? LastUsed(string publicId) => _lastUsed.TryGetValue(publicId, out var at) ? at : null;

    /// <summary>The last authenticated request of a provider that this process knows of (UTC).</summary>
    public DateTimeOffset? LastRequest(Guid providerId) => _lastRequest.TryGetValue(providerId, out var at) ? at : null;

    public void Used(KnownToken token)
    {
        var now = clock.GetUtcNow();
        var isFirst = !_lastUsed.ContainsKey(token.PublicId);
        _lastUsed[token.PublicId] = now;
        _unwritten[token.PublicId] = now;
        _lastRequest[token.ProviderId] = now;
        if (isFirst)
        {
            Wake();
        }

        feed.Publish(new Change(ChangeTopic.Tokens, token.ProviderId));
    }

    /// <summary>Writes what is not written yet.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var taken = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var publicId in _unwritten.Keys)
        {
            if (_unwritten.TryRemove(publicId, out var at))
            {
                taken[publicId] = at;
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        var ids = taken.Keys.ToList();
        await writePath.RunAsync(
            async scope =>
            {
                var tokens = await scope
                    .Database.ScimTokens.Where(token => ids.Contains(token.PublicId))
                    .ToListAsync(CancellationToken.None);
                foreach (var token in tokens)
                {
                    token.FirstUsedAt ??= taken[token.PublicId];
                    token.LastUsedAt = taken[token.PublicId];
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

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(WriteEvery, stoppingToken);
                await FlushAsync(CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                // The program is stopping; StopAsync writes the rest.
            }
            catch (Exception exception)
            {
                FlushFailed(exception);
            }
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The last use of tokens could not be written.")]
    private partial void FlushFailed(Exception exception);
}
