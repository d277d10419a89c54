using System.Globalization;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>Values of type dateTime (RFC 7643, section 2.3.5). Without an offset they are UTC.</summary>
public static class DateTimeText
{
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        // .NET would also read a time alone, as one of today, and dates in the orders of several countries.
        return text is [>= '0' and <= '9', _, _, _, '-', _, _, '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }
}
