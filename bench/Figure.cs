using System.Globalization;

namespace NinjaIam.Bench;

/// <summary>What a work should reach, and whether it did.</summary>
internal sealed record Goal(string Text, bool Reached)
{
    public static Goal PerSecond(double reached, int least) => new($"≥ {least:N0}/s", reached >= least);

    public static Goal OfCeiling(double? ratio, double least) => new($"≥ {least * 100:N0} % of the ceiling", ratio >= least);

    public static Goal Below(double reached, double limit, string unit, string of = "") =>
        new($"{of}< {limit:0.#} {unit}", reached < limit);
}

/// <summary>One line of the table.</summary>
internal sealed record Figure(string Work, string Case, string Result, Goal[] Goals)
{
    public string P50 { get; init; } = "";

    public string P99 { get; init; } = "";

    public string Ceiling { get; init; } = "";

    public string Ratio { get; init; } = "";

    public string Direct { get; init; } = "";

    public bool Failed { get; init; }

    public static Figure Of(Load load, Measured measured) =>
        new(load.Work, load.Case, $"{measured.PerSecond:N0}/s", [.. load.Goals(measured)])
        {
            P50 = Milliseconds(measured.P50),
            P99 = Milliseconds(measured.P99),
            Ceiling = measured.Ceiling is { } ceiling ? $"{ceiling:N0}/s" : "",
            Ratio = measured.Ratio is { } ratio ? $"{ratio * 100:N0} %" : "",
            Direct = measured.Direct is { } direct ? $"{direct:N0}/s" : "",
        };

    /// <summary>The median of durations in milliseconds.</summary>
    public static Figure OfDurations(string work, string @case, IEnumerable<double> milliseconds, double limit)
    {
        var median = Median(milliseconds);
        return new Figure(work, @case, $"{median:N0} ms", [Goal.Below(median, limit, "ms")]);
    }

    /// <summary>How long something takes, with a limit for all but one in a hundred.</summary>
    public static Figure OfTimes(string work, string @case, string result, Histogram times, double limit) =>
        new(work, @case, result, [Goal.Below(times.Percentile(0.99), limit, "ms", "p99 ")])
        {
            P50 = Milliseconds(times.Percentile(0.5)),
            P99 = Milliseconds(times.Percentile(0.99)),
        };

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Milliseconds(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";
}
