using System.Collections.Concurrent;
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
    private const int MostPairs = 100_000;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Name, string Address), (int Failures, DateTimeOffset Last)> _pairs = new();

    /// <summary>Whole seconds until the next try is looked at; zero when it is welcome now.</summary>
    public int SecondsToWait(string name, string? address)
    {
        if (!_pairs.TryGetValue(KeyOf(name, address), out var pair) || pair.Failures < FreeTries)
        {
            return 0;
        }

        var wait = Math.Min(LongestWait, 1 << Math.Min(pair.Failures - FreeTries, 20));
        return Math.Max(0, (int)Math.Ceiling((pair.Last.AddSeconds(wait) - clock.GetUtcNow()).TotalSeconds));
    }

    public void Failed(string name, string? address)
    {
        var now = clock.GetUtcNow();
        if (_pairs.Count >= MostPairs)
        {
            ForgetOld(now);
        }

        _pairs.AddOrUpdate(KeyOf(name, address), (1, now), (_, pair) => now - pair.Last > Forget ? (1, now) : (pair.Failures + 1, now));
    }

    public void Succeeded(string name, string? address) => _pairs.TryRemove(KeyOf(name, address), out _);

    private static (string, string) KeyOf(string name, string? address) =>
        (TextKey.Of(name.Length > 256 ? name[..256] : name), address ?? "");

    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, pair) in _pairs)
        {
            if (now - pair.Last > Forget)
            {
                _pairs.TryRemove(key, out _);
            }
        }
    }
}
