using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>A response that was posted and checked, until the browser asks for what became of it.</summary>
/// <param name="Incident">Names it in Activities and on the page.</param>
/// <param name="Provider">Whose address it came to; null when there is none.</param>
/// <param name="RelayState">As it came; proves nothing.</param>
internal sealed record PendingReply(
    string Incident,
    SignOnProvider? Provider,
    CheckedResponse Response,
    string? RelayState,
    DateTimeOffset At
);

/// <summary>
/// Keeps replies under handles that work once and for two minutes. What was accepted stands in the database, so that a restart in between
/// costs nobody their sign-in. What was refused stands in memory alone: anybody can post rubbish, and it must neither fill the database nor
/// push out what is real.
/// </summary>
internal sealed class PendingReplies(
    IWritePath writePath,
    SignOnProviders providers,
    IDataProtectionProvider protection,
    TimeProvider clock
)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);
    private const int MostAccepted = 256;
    private const int MostRefused = 1_000;

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.SingleSignOn.PendingReplies");
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingReply> _refused = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public async Task<string> KeepAsync(PendingReply reply, CancellationToken cancellationToken)
    {
        var handle = RandomNumberGenerator.GetHexString(64, lowercase: true);
        if (reply is { Response.Refusal: null, Provider: { } provider })
        {
            var kept = new Kept(reply.Incident, provider.UniqueIdentifier, reply.Response, reply.RelayState, reply.At);
            var content = _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(kept));
            await writePath.RunAsync(scope => AddAsync(scope, DigestOf(handle), content), cancellationToken);
        }
        else
        {
            Remember(handle, reply);
        }

        return handle;
    }

    /// <summary>The reply, once; null when the handle is unknown, used or too old.</summary>
    /// <param name="host">See <see cref="SignOnProviders.FindAsync"/>.</param>
    public async Task<PendingReply?> TakeAsync(string handle, string? host, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_refused.Remove(handle, out var refused))
            {
                return clock.GetUtcNow() - refused.At < Lasts ? refused : null;
            }
        }

        var digest = DigestOf(handle);
        return
            await writePath.RunAsync(scope => RemoveAsync(scope, digest), cancellationToken) is { } content
            && Read(content) is { } kept
            && await providers.FindAsync(kept.UniqueIdentifier, host, cancellationToken) is { } provider
            ? new PendingReply(kept.Incident, provider, kept.Response, kept.RelayState, kept.At)
            : null;
    }

    private static async Task<int> AddAsync(WriteScope scope, byte[] digest, byte[] content)
    {
        var now = scope.Now;
        var all = scope.Database.StoredReplies;
        var tooMany = await all.OrderByDescending(reply => reply.ExpiresAt)
            .Skip(MostAccepted - 1)
            .Select(reply => (DateTimeOffset?)reply.ExpiresAt)
            .FirstOrDefaultAsync(CancellationToken.None);
        await all.Where(reply => reply.ExpiresAt <= now || reply.ExpiresAt <= tooMany).ExecuteDeleteAsync(CancellationToken.None);
        all.Add(
            new StoredReply
            {
                Digest = digest,
                Content = content,
                ExpiresAt = now + Lasts,
            }
        );
        return await scope.Database.SaveChangesAsync(CancellationToken.None);
    }

    private static async Task<byte[]?> RemoveAsync(WriteScope scope, byte[] digest)
    {
        var now = scope.Now;
        var mine = scope.Database.StoredReplies.Where(reply => reply.Digest == digest && reply.ExpiresAt > now);
        var content = await mine.Select(reply => reply.Content).SingleOrDefaultAsync(CancellationToken.None);
        // Whoever removes the row has the reply, and nobody else.
        return content is not null && await mine.ExecuteDeleteAsync(CancellationToken.None) == 1 ? content : null;
    }

    private void Remember(string handle, PendingReply reply)
    {
        lock (_lock)
        {
            while (_order.Count > 0 && (_order.Count >= MostRefused || !IsAlive(_order.Peek())))
            {
                _refused.Remove(_order.Dequeue());
            }

            _order.Enqueue(handle);
            _refused[handle] = reply;
        }
    }

    private bool IsAlive(string handle) => _refused.TryGetValue(handle, out var reply) && clock.GetUtcNow() - reply.At < Lasts;

    private Kept? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(_protector.Unprotect(content));
        }
        catch (CryptographicException)
        {
            // Kept under keys that are gone: as good as too old.
            return null;
        }
    }

    private static byte[] DigestOf(string handle) => SHA256.HashData(Encoding.UTF8.GetBytes(handle));

    private sealed record Kept(string Incident, string UniqueIdentifier, CheckedResponse Response, string? RelayState, DateTimeOffset At);
}
