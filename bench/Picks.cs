namespace NinjaIam.Bench;

/// <summary>Numbers that look random and are the same in every run.</summary>
internal static class Picks
{
    /// <summary>Below <paramref name="count"/>.</summary>
    public static int Any(int caller, long turn, int count) =>
        (int)(Scramble(((ulong)turn * Load.Connections) + (ulong)caller) % (ulong)count);

    /// <summary>As <see cref="Any"/>, but no two callers ever pick the same.</summary>
    public static int Own(int caller, long turn, int count) => (Any(caller, turn, count / Load.Connections) * Load.Connections) + caller;

    // The last step of the generator SplitMix64.
    private static ulong Scramble(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
