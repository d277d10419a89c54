using System.Diagnostics;
using System.Numerics;

namespace NinjaIam.Bench;

/// <summary>Counts durations in microseconds with an error below 2 %. Recording allocates nothing.</summary>
internal sealed class Histogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[Steps * (64 - StepBits + 1)];

    public long Count { get; private set; }

    public void Record(long stopwatchTicks)
    {
        var microseconds = (ulong)(stopwatchTicks * (1_000_000.0 / Stopwatch.Frequency));
        _counts[IndexOf(microseconds)]++;
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Count += other.Count;
    }

    /// <summary>The duration that this part of all is not longer than, in milliseconds.</summary>
    public double Percentile(double part)
    {
        var wanted = (long)Math.Ceiling(Count * part);
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted && seen > 0)
            {
                return ValueOf(index) / 1000.0;
            }
        }

        return 0;
    }

    // Up to 2 x Steps each value has a place of its own; above, each power of two is split into equal steps.
    private static int IndexOf(ulong value)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount(value | 1) - StepBits);
        return (shift * Steps) + (int)(value >> shift);
    }

    private static ulong ValueOf(int index)
    {
        var shift = Math.Max(0, (index / Steps) - 1);
        return (ulong)(index - (shift * Steps)) << shift;
    }
}
