using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Values of multi-valued attributes: which are the same, and which is the preferred one.</summary>
internal static class ValueLists
{
    /// <summary>How many values an attribute may have, so that no operation on them takes long. Members are not counted here.</summary>
    public const int MaxValues = 1000;

    private const string Primary = "primary";

    public static ScimError TooMany(string path) => ScimError.InvalidValue($"{path} has more than {MaxValues} values. Send fewer of them.");

    public static bool IsPrimary(JsonNode? value) =>
        value is JsonObject complex && complex[Primary] is JsonValue primary && primary.TryGetValue<bool>(out var isPrimary) && isPrimary;

    /// <summary>Takes over what the source says and keeps the rest.</summary>
    public static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            target[name] = value?.DeepClone();
        }
    }

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

    /// <summary>
    /// What makes a value the one it is: its type and value where there is a value, else all of it. Two values with equal identities
    /// are one and the same.
    /// </summary>
    public static string Identity(AttributeDefinition attribute, JsonNode? value)
    {
        if (value is not JsonObject complex)
        {
            return Key(attribute, value) ?? "";
        }

        var parts =
            attribute.ValueAttribute is { } part && complex.ContainsKey(part.Name)
                ? attribute.SubAttributes.Where(subAttribute => subAttribute.Name is "value" or "type")
                : attribute.SubAttributes;
        // Lengths keep the parts apart, whatever characters they hold.
        return string.Concat(
            parts.Select(subAttribute =>
                Key(subAttribute, complex[subAttribute.Name]) is { } key ? $"{subAttribute.Name}:{key.Length}:{key}" : ""
            )
        );
    }

    /// <summary>Removes repetitions and says whether there were any. What stays is preferred if any of the equal values was.</summary>
    public static bool Collapse(AttributeDefinition attribute, JsonArray values)
    {
        var first = new Dictionary<string, JsonNode?>(values.Count, StringComparer.Ordinal);
        return values.RemoveAll(value =>
            {
                var identity = Identity(attribute, value);
                if (first.TryAdd(identity, value))
                {
                    return false;
                }

                if (IsPrimary(value))
                {
                    first[identity]!.AsObject()[Primary] = true;
                }

                return true;
            }) > 0;
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

    private static string? Key(AttributeDefinition attribute, JsonNode? value) =>
        value is JsonValue simple && simple.TryGetValue<string>(out var text)
            ? TextFolding.Key(text, attribute.CaseExact)
            : value?.ToJsonString();
}
