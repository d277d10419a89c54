using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Turns a value as it was sent into the value as it is stored: checked against the schema, in its spelling and order. Null is no value.</summary>
internal sealed class ValueReader(Findings findings)
{
    private readonly SimpleValueReader _simpleValues = new(findings);

    public JsonNode? Read(AttributeDefinition attribute, string path, JsonNode? value)
    {
        if (value is null or JsonArray { Count: 0 })
        {
            findings.Note(DialectRules.EmptyValue, path);
            return null;
        }

        return attribute.MultiValued ? ReadList(attribute, path, value) : ReadSingle(attribute, path, value);
    }

    /// <summary>One value of a multi-valued attribute, or the value of a single-valued one.</summary>
    public JsonNode? ReadSingle(AttributeDefinition attribute, string path, JsonNode value)
    {
        if (value is JsonArray list)
        {
            if (attribute.JoinsLists && !attribute.IsComplex)
            {
                findings.Note(DialectRules.ListAsText, path);
                return string.Join(
                    ',',
                    list.OfType<JsonNode>().Select(element => _simpleValues.Read(attribute, path, element)?.ToString())
                );
            }

            if (list is not [{ } only])
            {
                findings.Refuse(ScimError.InvalidValue($"{path} takes one value, not a list of {list.Count}. Send a single value."));
                return null;
            }

            findings.Note(DialectRules.ListForSingleValue, path);
            value = only;
        }

        if (attribute.IsComplex)
        {
            return ReadComplex(attribute, path, value);
        }

        while (attribute.UnwrapsJson && value is JsonValue text && JsonInText(text) is { } inner)
        {
            findings.Note(DialectRules.JsonInText, path);
            if (inner["value"] is not { } held)
            {
                return null;
            }

            value = held;
        }

        return _simpleValues.Read(attribute, path, value);
    }

    private JsonArray? ReadList(AttributeDefinition attribute, string path, JsonNode value)
    {
        if (value is not JsonArray sent)
        {
            findings.Note(DialectRules.SingleValueForList, path);
            sent = [value.DeepClone()];
        }

        if (sent.Count > ValueLists.MaxValues)
        {
            findings.Refuse(ValueLists.TooMany(path));
            return null;
        }

        var read = new JsonArray();
        foreach (var element in sent)
        {
            if (element is null)
            {
                findings.Note(DialectRules.EmptyValue, path);
            }
            else if (ReadSingle(attribute, path, element) is { } stored)
            {
                read.Add(stored);
            }
        }

        return Collapse(attribute, path, read);
    }

    /// <summary>Keeps equal values once. Two preferred values are refused, since either could be meant.</summary>
    private JsonArray? Collapse(AttributeDefinition attribute, string path, JsonArray values)
    {
        if (ValueLists.Collapse(attribute, values))
        {
            findings.Note(DialectRules.DuplicateValue, path);
        }

        if (values.Count(ValueLists.IsPrimary) > 1)
        {
            findings.Refuse(ScimError.InvalidValue($"{path} has more than one value with primary true. Mark one value at most."));
        }

        return values.Count == 0 ? null : values;
    }

    private JsonObject? ReadComplex(AttributeDefinition attribute, string path, JsonNode value)
    {
        switch (value)
        {
            case JsonObject complex when !attribute.MultiValued && IsEmptyText(complex["value"]):
                findings.Note(DialectRules.EmptyTextForComplexValue, path);
                return null;
            case JsonObject complex:
                return ReadSubAttributes(attribute, path, Unwrap(attribute, path, complex));
            case JsonValue when IsEmptyText(value):
                findings.Note(DialectRules.EmptyTextForComplexValue, path);
                return null;
            case JsonValue simple when attribute.ValueAttribute is not null:
                if (attribute.ValueAttribute.UnwrapsJson && JsonInText(simple) is { } inner)
                {
                    findings.Note(DialectRules.JsonInText, path);
                    return ReadSubAttributes(attribute, path, inner);
                }

                findings.Note(DialectRules.TextForComplexValue, path);
                return ReadSubAttributes(attribute, path, new JsonObject { ["value"] = simple.DeepClone() });
            default:
                var example = attribute.SubAttributes[0].Name;
                findings.Refuse(
                    ScimError.InvalidValue(
                        $"{path} must be an object with sub-attributes, for example {{\"{example}\": ...}}, not {Kind(value)}."
                    )
                );
                return null;
        }
    }

    private JsonObject? ReadSubAttributes(AttributeDefinition attribute, string path, JsonObject complex)
    {
        var read = new Dictionary<AttributeDefinition, JsonNode>();
        foreach (var (name, value) in complex)
        {
            var subAttribute = attribute.FindSubAttribute(name);
            var subPath = $"{path}.{subAttribute?.Name ?? name}";
            if (subAttribute is null)
            {
                findings.Note(DialectRules.UnknownAttribute, subPath);
                continue;
            }

            if (subAttribute.Name != name)
            {
                findings.Note(DialectRules.LetterCase, subPath);
            }

            if (subAttribute.Mutability == Mutability.ReadOnly)
            {
                findings.Note(DialectRules.ReadOnlyAttribute, subPath);
            }
            else if (Read(subAttribute, subPath, value) is { } stored)
            {
                read[subAttribute] = stored;
            }
        }

        var result = new JsonObject();
        foreach (var subAttribute in attribute.SubAttributes)
        {
            if (read.TryGetValue(subAttribute, out var stored))
            {
                result.Add(subAttribute.Name, stored);
            }
        }

        return result.Count == 0 ? null : result;
    }

    /// <summary>Entra sends roles as <c>{"value": "{\"id\": …, \"value\": \"Admin\"}"}</c>.</summary>
    private JsonObject Unwrap(AttributeDefinition attribute, string path, JsonObject complex)
    {
        if (attribute.ValueAttribute is { UnwrapsJson: true } && complex["value"] is JsonValue value && JsonInText(value) is { } inner)
        {
            findings.Note(DialectRules.JsonInText, path);
            foreach (var (name, outer) in complex)
            {
                if (!inner.ContainsKey(name))
                {
                    inner[name] = outer?.DeepClone();
                }
            }

            return inner;
        }

        return complex;
    }

    private static JsonObject? JsonInText(JsonValue value) =>
        value.TryGetValue<string>(out var text)
        && text.StartsWith('{')
        && ScimJson.Parse(Encoding.UTF8.GetBytes(text)).TryGet(out var inner, out _)
        && inner.ContainsKey("value")
            ? inner
            : null;

    internal static bool IsEmptyText(JsonNode? value) =>
        value is JsonValue simple && simple.TryGetValue<string>(out var text) && text.Length == 0;

    internal static string Kind(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            _ => "a boolean",
        };
}
