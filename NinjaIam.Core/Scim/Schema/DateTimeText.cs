using System.Globalization;
using System.Text.RegularExpressions;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>Values of type dateTime (RFC 7643, section 2.3.5): a date and a time. Without an offset they are UTC.</summary>
public static partial class DateTimeText
{
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        return Form().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    // .NET alone would also read a date, a time, and dates in the orders of several countries.
    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?\z", RegexOptions.ECMAScript)]
    private static partial Regex Form();
}
