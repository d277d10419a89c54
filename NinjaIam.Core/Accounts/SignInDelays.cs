using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Makes guessing slow without letting a stranger lock anybody out: after three failed tries of one name from one network address,
/// each further one doubles the wait. Names that have no account wait just as long.
/// </summary>
public sealed class SignInDelays(TimeProvider clock)
{
    private const int FreeTries = 3;
    private const int LongestWait = 300;
    private const int MostPairs = 50_000;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    // When the newer half is full it becomes the older half, and what was there is forgotten: a bound without a search.
    private readonly Lock _lock = new();
    private Dictionary<UInt128, Pair> _newer = [];
    private Dictionary<UInt128, Pair> _older = [];

    /// <summary>How many pairs of name and address are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _newer.Count + _older.Count;
            }
        }
    }

    /// <summary>
    /// Zero when a try is welcome now, which counts it as failed until it is taken back or succeeds, so that tries sent at once do not
    /// all pass; else whole seconds until the next one is.
    /// </summary>
    public int Reserve(string name, string? address)
    {
        var (key, now) = (KeyOf(name, address), clock.GetUtcNow());
        lock (_lock)
        {
            var pair = Find(key, now);
            var seconds = SecondsToWait(pair, now);
            if (seconds == 0)
            {
                Keep(key, new Pair(pair.Failures + 1, now));
            }

            return seconds;
        }
    }

    /// <summary>Whole seconds until the next try is looked at; zero when it is welcome now.</summary>
    public int SecondsToWait(string name, string? address)
    {
        var (key, now) = (KeyOf(name, address), clock.GetUtcNow());
        lock (_lock)
        {
            return SecondsToWait(Find(key, now), now);
        }
    }

    /// <summary>A reserved try came to nothing, neither right nor wrong.</summary>
    public void TakeBack(string name, string? address)
    {
        var (key, now) = (KeyOf(name, address), clock.GetUtcNow());
        lock (_lock)
        {
            if (Find(key, now) is { Failures: > 0 } pair)
            {
                Keep(key, pair with { Failures = pair.Failures - 1 });
            }
        }
    }

    public void Succeeded(string name, string? address)
    {
        var key = KeyOf(name, address);
        lock (_lock)
        {
            _newer.Remove(key);
            _older.Remove(key);
        }
    }

    // A digest takes the same space however long the name is.
    private static UInt128 KeyOf(string name, string? address) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{TextKey.Of(name)}")));

    private static int SecondsToWait(Pair pair, DateTimeOffset now)
    {
        if (pair.Failures < FreeTries)
        {
            return 0;
        }

        var wait = Math.Min(LongestWait, 1 << Math.Min(pair.Failures - FreeTries, 20));
        return Math.Max(0, (int)Math.Ceiling((pair.Last.AddSeconds(wait) - now).TotalSeconds));
    }

    private Pair Find(UInt128 key, DateTimeOffset now) =>
        (_newer.TryGetValue(key, out var pair) || _older.TryGetValue(key, out pair)) && now - pair.Last <= Forget ? pair : default;

    private void Keep(UInt128 key, Pair pair)
    {
        if (_newer.Count >= MostPairs && !_newer.ContainsKey(key))
        {
            (_older, _newer) = (_newer, []);
        }

        _newer[key] = pair;
    }

    private readonly record struct Pair(int Failures, DateTimeOffset Last);
}
