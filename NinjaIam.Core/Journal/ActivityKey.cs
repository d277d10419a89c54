using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NinjaIam.Core.Journal;

/// <summary>
/// A place in Activities between two lines, which stays where it is while newer lines come: what the line at it was, and when.
/// </summary>
/// <param name="At">When it happened, or happened last at that time.</param>
/// <param name="Number">Its number in the journal or among the refusals.</param>
public readonly record struct ActivityKey(DateTimeOffset At, bool IsRefused, long Number)
{
    public static ActivityKey Of(Activity activity) =>
        TryParse($"{activity.At.UtcTicks}-{activity.Id}", out var key) ? key.Value : throw new ArgumentException(activity.Id);

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ActivityKey? key)
    {
        key = null;
        if (
            text?.Split('-') is [var ticks, ['j' or 's', .. var number] id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            key = new ActivityKey(new DateTimeOffset(at, TimeSpan.Zero), id[0] == 's', count);
        }

        return key is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{(IsRefused ? 's' : 'j')}{Number}");
}
