using System.Globalization;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Numbers and moments as people read them, in their culture: exact numbers, near moments by distance, others by date.</summary>
public static class Wording
{
    private static readonly TimeSpan NearPast = TimeSpan.FromDays(7);

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Puts values into a text with places for them.</summary>
    public static string Fill(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);

    /// <summary>How long something took: "3 ms".</summary>
    public static string Duration(TimeSpan duration) =>
        duration.TotalMilliseconds switch
        {
            < 1 => Fill(SharedTexts.PartsOfMilliseconds, Math.Max(0.1, duration.TotalMilliseconds)),
            < 1000 => Fill(SharedTexts.Milliseconds, duration.TotalMilliseconds),
            _ => Fill(SharedTexts.Seconds, duration.TotalSeconds),
        };

    /// <summary>How far apart things are: "40 min".</summary>
    public static string Span(TimeSpan span) =>
        span.TotalHours < 2 ? Fill(SharedTexts.SpanMinutes, span.TotalMinutes) : Fill(SharedTexts.SpanHours, span.TotalHours);

    public static string Near(DateTimeOffset moment, PersonClock clock)
    {
        var ahead = moment - clock.Now;
        return ahead > TimeSpan.Zero ? Ahead(ahead)
            : -ahead <= NearPast ? Behind(-ahead)
            : Day(moment, clock);
    }

    public static string Day(DateTimeOffset moment, PersonClock clock)
    {
        var local = clock.Local(moment);
        var culture = CultureInfo.CurrentCulture;
        var dayFirst = culture.DateTimeFormat.ShortDatePattern.TrimStart().StartsWith("d", StringComparison.OrdinalIgnoreCase);
        return local.ToString(
            dayFirst ? "d MMM yyyy"
                : culture.Name.StartsWith("en", StringComparison.Ordinal) ? "MMM d, yyyy"
                : "d",
            culture
        );
    }

    /// <summary>Date, time and zone, for decisions.</summary>
    public static string Full(DateTimeOffset moment, PersonClock clock)
    {
        var local = clock.Local(moment);
        var culture = CultureInfo.CurrentCulture;
        return Fill(SharedTexts.LongMoment, Day(moment, clock), local.ToString("t", culture), Zone(local.Offset));
    }

    /// <summary>The person's own time and UTC, to the second.</summary>
    public static string Exact(DateTimeOffset moment, PersonClock clock)
    {
        var culture = CultureInfo.CurrentCulture;
        return Fill(SharedTexts.LocalAndUtc, clock.Local(moment).ToString("G", culture), moment.UtcDateTime.ToString("G", culture));
    }

    private static string Zone(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var size = offset.Duration();
        return size.Minutes == 0 ? $"UTC{sign}{size.Hours}" : $"UTC{sign}{size.Hours}:{size.Minutes:00}";
    }

    private static string Behind(TimeSpan distance) =>
        distance switch
        {
            { TotalMinutes: < 1 } => SharedTexts.JustNow,
            { TotalHours: < 1 } => Fill(SharedTexts.MinutesAgo, (int)distance.TotalMinutes),
            { TotalDays: < 1 } => Fill(SharedTexts.HoursAgo, (int)distance.TotalHours),
            { TotalDays: < 2 } => SharedTexts.DayAgo,
            _ => Fill(SharedTexts.DaysAgo, (int)distance.TotalDays),
        };

    private static string Ahead(TimeSpan distance) =>
        distance switch
        {
            { TotalMinutes: < 1 } => SharedTexts.Soon,
            { TotalHours: < 1 } => Fill(SharedTexts.InMinutes, (int)distance.TotalMinutes),
            { TotalDays: < 1 } => Fill(SharedTexts.InHours, (int)distance.TotalHours),
            { TotalDays: < 2 } => SharedTexts.InDay,
            _ => Fill(SharedTexts.InDays, (int)distance.TotalDays),
        };
}
