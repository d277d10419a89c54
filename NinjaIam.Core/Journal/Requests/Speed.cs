namespace NinjaIam.Core.Journal.Requests;

/// <summary>Durations counted in classes, each a fifth longer than the one before, so that a day of them stays small.</summary>
internal static class Speed
{
    private const double Step = 1.2;

    public static int Of(TimeSpan duration) => (int)Math.Ceiling(Math.Log(Math.Max(1, duration.TotalMicroseconds), Step));

    /// <summary>The longest duration of a class.</summary>
    public static TimeSpan Longest(int speed) => TimeSpan.FromMicroseconds(Math.Pow(Step, speed));
}
