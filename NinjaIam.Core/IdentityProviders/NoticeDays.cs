using System.Globalization;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>When the end of something is announced: 30, 14, 7 and 1 days before, and when it has come.</summary>
internal static class NoticeDays
{
    public const int Ended = 0;

    /// <summary>The most urgent first.</summary>
    private static readonly int[] All = [Ended, 1, 7, 14, 30];

    /// <summary>Which announcement is due of something that ends in at most 30 days.</summary>
    public static int Due(DateTimeOffset end, DateTimeOffset now) => All.First(days => end - now <= TimeSpan.FromDays(days));

    /// <summary>The days that are left, in words.</summary>
    public static string Left(TimeSpan left)
    {
        var days = (int)Math.Ceiling(left.TotalDays);
        return days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
    }

    /// <summary>An instant as mails name it.</summary>
    public static string Words(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
