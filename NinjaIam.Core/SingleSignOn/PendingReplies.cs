using System.Security.Cryptography;

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
/// Keeps replies in memory under handles that work once and for two minutes. Those that were refused have a place of their own, so that
/// nobody can push out real ones by posting rubbish.
/// </summary>
internal sealed class PendingReplies(TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(2);
    private const int MostAccepted = 256;
    private const int MostRefused = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingReply> _replies = new(StringComparer.Ordinal);
    private readonly Queue<string> _accepted = [];
    private readonly Queue<string> _refused = [];

    public string Keep(PendingReply reply)
    {
        var handle = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var (queue, most) = reply.Response.Refusal is null ? (_accepted, MostAccepted) : (_refused, MostRefused);
        lock (_lock)
        {
            while (queue.Count > 0 && (queue.Count >= most || !IsAlive(queue.Peek())))
            {
                _replies.Remove(queue.Dequeue());
            }

            queue.Enqueue(handle);
            _replies[handle] = reply;
        }

        return handle;
    }

    /// <summary>The reply, once; null when the handle is unknown, used or too old.</summary>
    public PendingReply? Take(string handle)
    {
        lock (_lock)
        {
            return _replies.Remove(handle, out var reply) && clock.GetUtcNow() - reply.At < Lasts ? reply : null;
        }
    }

    private bool IsAlive(string handle) => _replies.TryGetValue(handle, out var reply) && clock.GetUtcNow() - reply.At < Lasts;
}
