using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>How the values of an attribute compare.</summary>
internal enum KeyKind
{
    FoldedText,
    ExactText,
    Truth,
    Number,
    Instant,
}

/// <summary>
/// Keys of values: texts that, compared byte by byte, compare as the values do. The tables keep them, filters compare with them,
/// lists are sorted by them.
/// </summary>
internal static class SearchKey
{
    private const int FractionDigits = 28;
    private const int NumberLength = 29 + 1 + FractionDigits;

    public static KeyKind KindOf(AttributeDefinition attribute) =>
        attribute.Type switch
        {
            AttributeType.Boolean => KeyKind.Truth,
            AttributeType.Integer or AttributeType.Decimal => KeyKind.Number,
            AttributeType.DateTime => KeyKind.Instant,
            _ => attribute.CaseExact ? KeyKind.ExactText : KeyKind.FoldedText,
        };

    /// <summary>The key of a stored value, or null if it is not of the attribute's type.</summary>
    public static string? Of(AttributeDefinition attribute, JsonValue value) => Of(KindOf(attribute), value);

    /// <summary>The key of what a filter compares with.</summary>
    public static string Of(AttributeDefinition attribute, FilterValue value) =>
        value switch
        {
            FilterValue.Text text => TextFolding.Key(text.Value, attribute.CaseExact),
            FilterValue.Truth truth => OfTruth(truth.Value),
            FilterValue.Number number => OfNumber(number.Value),
            FilterValue.Instant instant => OfInstant(instant.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

    /// <summary>The key of a value that stands in a document as this JSON, or null if it is of another type.</summary>
    public static string? OfJson(KeyKind kind, string? json) =>
        json is not null && JsonNode.Parse(json) is JsonValue value ? Of(kind, value) : null;

    /// <summary>The first key after all that begin with this one, or null if there is none.</summary>
    public static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes is [.. var head, var last])
        {
            if (last.Value < 0x10FFFF)
            {
                // Keys are compared as UTF-8, which has no surrogates.
                var next = last.Value == 0xD7FF ? 0xE000 : last.Value + 1;
                return string.Concat(head) + char.ConvertFromUtf32(next);
            }

            runes = head;
        }

        return null;
    }

    public static string? Of(KeyKind kind, JsonValue value)
    {
        var type = value.GetValueKind();
        return kind switch
        {
            KeyKind.Truth => type is JsonValueKind.True or JsonValueKind.False ? OfTruth(type == JsonValueKind.True) : null,
            KeyKind.Number => type == JsonValueKind.Number ? OfNumber(NumberOf(value)) : null,
            _ when type != JsonValueKind.String => null,
            KeyKind.Instant => DateTimeText.TryRead(value.GetValue<string>(), out var instant) ? OfInstant(instant) : null,
            KeyKind.ExactText => value.GetValue<string>(),
            _ => TextFolding.Key(value.GetValue<string>()),
        };
    }

    // What bodies hold fits a decimal, else it was refused.
    private static decimal NumberOf(JsonValue value) =>
        decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string OfTruth(bool value) => value ? "true" : "false";

    private static string OfInstant(DateTimeOffset value) => value.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static string OfNumber(decimal value)
    {
        var digits = Math.Abs(value).ToString($"F{FractionDigits}", CultureInfo.InvariantCulture).PadLeft(NumberLength, '0');
        // The larger a negative number's digits, the earlier it comes.
        return value < 0 ? "0" + string.Concat(digits.Select(digit => digit == '.' ? digit : (char)('0' + '9' - digit))) : "1" + digits;
    }
}
