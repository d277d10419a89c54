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
        var hasValue = attribute.ValueAttribute is { } own && value is JsonObject complex && complex.ContainsKey(own.Name);
        return Key(attribute, attribute.SubAttributes.Where(part => !hasValue || part.Name is "value" or "type"), value);
    }

    /// <summary>As <see cref="Identity"/>, as far as answers show the value.</summary>
    public static string VisibleIdentity(AttributeDefinition attribute, JsonObject value)
    {
        var hasValue = attribute.ValueAttribute is { IsHidden: false } own && value.ContainsKey(own.Name);
        return Key(
            attribute,
            attribute.SubAttributes.Where(part => !part.IsHidden && (!hasValue || part.Name is "value" or "type")),
            value
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

    /// <summary>Removes every value that one of the patterns fits: all sub-attributes that the pattern names are the same.</summary>
    public static void RemoveFitting(AttributeDefinition attribute, JsonArray values, JsonArray patterns)
    {
        // Patterns that name the same sub-attributes are looked up together, so that each value is looked at once for all of them.
        foreach (var alike in patterns.OfType<JsonNode>().GroupBy(NamesIn, StringComparer.Ordinal))
        {
            var parts = attribute.SubAttributes.Where(part => alike.First().AsObject().ContainsKey(part.Name)).ToList();
            var wanted = alike.Select(pattern => Key(attribute, parts, pattern)).ToHashSet(StringComparer.Ordinal);
            values.RemoveAll(value => wanted.Contains(Key(attribute, parts, value)));
        }

        static string NamesIn(JsonNode pattern) => pattern is JsonObject complex ? string.Join(' ', complex.Select(part => part.Key)) : "";
    }

    private static string Key(AttributeDefinition attribute, IEnumerable<AttributeDefinition> parts, JsonNode? value) =>
        value is JsonObject complex
            // Lengths keep the parts apart, whatever characters they hold.
            ? string.Concat(parts.Select(part => Key(part, complex[part.Name]) is { } key ? $"{part.Name}:{key.Length}:{key}" : ""))
            : Key(attribute, value) ?? "";

    private static string? Key(AttributeDefinition attribute, JsonNode? value) =>
        value is JsonValue simple && simple.TryGetValue<string>(out var text)
            ? TextFolding.Key(text, attribute.CaseExact)
            : value?.ToJsonString();
}
