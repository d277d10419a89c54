using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Values of multi-valued attributes: which are the same, and which is the preferred one.</summary>
internal static class ValueLists
{
    private const string Primary = "primary";

    public static bool IsPrimary(JsonNode? value) =>
        value is JsonObject complex && complex[Primary] is JsonValue primary && primary.TryGetValue<bool>(out var isPrimary) && isPrimary;

    /// <summary>The later choice of a preferred value ends the earlier ones.</summary>
    public static void ClearPrimaryExcept(JsonArray values, IReadOnlyCollection<JsonNode> chosen)
    {
        foreach (var value in values)
        {
            if (IsPrimary(value) && !chosen.Contains(value!, ReferenceEqualityComparer.Instance))
            {
                value!.AsObject()[Primary] = false;
            }
        }
    }

    /// <summary>Whether two values are one and the same: equal in type and value where there is a value, else equal as a whole.</summary>
    public static bool AreSame(AttributeDefinition attribute, JsonNode left, JsonNode right)
    {
        if (!attribute.IsComplex)
        {
            return Key(attribute, left) == Key(attribute, right);
        }

        return left is JsonObject a
            && right is JsonObject b
            && (
                attribute.ValueAttribute is { } value && a.ContainsKey(value.Name) && b.ContainsKey(value.Name)
                    ? Key(value, a[value.Name]) == Key(value, b[value.Name])
                        && (attribute.FindSubAttribute("type") is not { } type || Key(type, a[type.Name]) == Key(type, b[type.Name]))
                    : JsonNode.DeepEquals(a, b)
            );
    }

    /// <summary>Removes repetitions and says whether there were any. What stays is preferred if any of the equal values was.</summary>
    public static bool Collapse(AttributeDefinition attribute, JsonArray values)
    {
        // Equal values have equal keys, so only lists with repeated keys are compared pair by pair.
        if (values.DistinctBy(value => BucketOf(attribute, value)).Count() == values.Count)
        {
            return false;
        }

        var collapsed = false;
        for (var index = 0; index < values.Count; index++)
        {
            for (var later = values.Count - 1; later > index; later--)
            {
                if (!AreSame(attribute, values[index]!, values[later]!))
                {
                    continue;
                }

                if (IsPrimary(values[later]))
                {
                    values[index]!.AsObject()[Primary] = true;
                }

                values.RemoveAt(later);
                collapsed = true;
            }
        }

        return collapsed;
    }

    /// <summary>Whether every sub-attribute that <paramref name="pattern"/> names has the same value in <paramref name="value"/>.</summary>
    public static bool Fits(AttributeDefinition attribute, JsonNode value, JsonNode pattern)
    {
        if (!attribute.IsComplex)
        {
            return Key(attribute, value) == Key(attribute, pattern);
        }

        return value is JsonObject held
            && pattern is JsonObject wanted
            && wanted.All(property =>
                attribute.FindSubAttribute(property.Key) is { } subAttribute
                && Key(subAttribute, held[property.Key]) == Key(subAttribute, property.Value)
            );
    }

    private static string BucketOf(AttributeDefinition attribute, JsonNode? value) =>
        value is JsonObject complex && attribute.ValueAttribute is { } part && complex.ContainsKey(part.Name)
            ? $"v{Key(part, complex[part.Name])}"
            : $"j{(attribute.IsComplex ? "" : Key(attribute, value))}";

    private static string? Key(AttributeDefinition attribute, JsonNode? value) =>
        value is JsonValue simple && simple.TryGetValue<string>(out var text)
            ? TextFolding.Key(text, attribute.CaseExact)
            : value?.ToJsonString();
}
