using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Reads values that are not complex, each by the type of its attribute.</summary>
internal sealed class SimpleValueReader(Findings findings)
{
    public JsonNode? Read(AttributeDefinition attribute, string path, JsonNode value)
    {
        if (value is not JsonValue simple)
        {
            return Refuse(attribute, path, value);
        }

        return attribute.Type switch
        {
            AttributeType.Boolean => ReadBoolean(attribute, path, simple),
            AttributeType.Integer => simple.GetValueKind() == JsonValueKind.Number && simple.TryGetValue<long>(out var integer)
                ? integer
                : Refuse(attribute, path, value),
            AttributeType.Decimal => simple.GetValueKind() == JsonValueKind.Number ? simple.DeepClone() : Refuse(attribute, path, value),
            _ => ReadText(attribute, path, simple),
        };
    }

    private JsonNode? ReadBoolean(AttributeDefinition attribute, string path, JsonValue value)
    {
        if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetValue<bool>();
        }

        if (value.TryGetValue<string>(out var text) && bool.TryParse(text, out var parsed))
        {
            findings.Note(DialectRules.StringBoolean, path);
            return parsed;
        }

        return Refuse(attribute, path, value);
    }

    private JsonNode? ReadText(AttributeDefinition attribute, string path, JsonValue value)
    {
        if (!value.TryGetValue<string>(out var text))
        {
            if (value.GetValueKind() != JsonValueKind.Number || attribute.Type != AttributeType.String)
            {
                return Refuse(attribute, path, value);
            }

            findings.Note(DialectRules.NumberAsText, path);
            text = value.ToJsonString();
        }

        return attribute.Type switch
        {
            AttributeType.DateTime when !DateTimeText.TryRead(text, out _) => Refuse(attribute, path, value),
            AttributeType.Binary when !IsBase64(text) => Refuse(attribute, path, value),
            AttributeType.Reference => ReadReference(path, text),
            _ => attribute.CanonicalValuesOnly ? Canonical(attribute, path, text) : text,
        };
    }

    private JsonNode ReadReference(string path, string text)
    {
        if (!Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute))
        {
            findings.Note(DialectRules.ReferenceIsNoAddress, path);
        }

        return text;
    }

    private JsonNode? Canonical(AttributeDefinition attribute, string path, string text)
    {
        foreach (var canonical in attribute.CanonicalValues)
        {
            if (string.Equals(canonical, text, attribute.CaseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            {
                if (canonical != text)
                {
                    findings.Note(DialectRules.CanonicalSpelling, path);
                }

                return canonical;
            }
        }

        var allowed = string.Join(" or ", attribute.CanonicalValues.Select(canonical => $"\"{canonical}\""));
        var detail = $"{path} must be {allowed}, not \"{Shorten(text)}\". {attribute.CanonicalValuesHint}";
        findings.Refuse(ScimError.InvalidValue(detail.TrimEnd()));
        return null;
    }

    internal static bool IsBase64(string text) => Base64.IsValid(text) || Base64Url.IsValid(text);

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private JsonNode? Refuse(AttributeDefinition attribute, string path, JsonNode value)
    {
        var (expected, remedy) = attribute.Type switch
        {
            AttributeType.Boolean => ("true or false", "Send a JSON boolean without quotation marks."),
            AttributeType.Integer => ("a whole number", "Send a JSON number without quotation marks."),
            AttributeType.Decimal => ("a number", "Send a JSON number without quotation marks."),
            AttributeType.DateTime => ("a date and time", "Write it as in 2026-01-31T12:00:00Z."),
            AttributeType.Binary => ("bytes in Base64", "Encode the value as Base64."),
            _ => ("a text", "Send a JSON string."),
        };
        findings.Refuse(ScimError.InvalidValue($"{path} must be {expected}; {ValueReader.Kind(value)} was sent. {remedy}"));
        return null;
    }
}
