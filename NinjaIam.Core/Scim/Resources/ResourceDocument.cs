using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>
/// The stored document of a resource: what the client may write, in the spelling and order of the schemas, extensions under
/// their URNs. It holds no id, schemas, meta, groups, members or password, and nothing empty.
/// </summary>
public static class ResourceDocument
{
    /// <summary>Equal documents are equal state, so a write between them changes nothing.</summary>
    public static bool AreEqual(JsonObject left, JsonObject right) => JsonNode.DeepEquals(left, right);

    /// <summary>The value at a path, or null. Values of multi-valued attributes are not searched.</summary>
    public static JsonNode? Find(JsonObject document, AttributePath path)
    {
        JsonNode? node = document;
        foreach (var segment in path.Segments)
        {
            node = (node as JsonObject)?[segment];
        }

        return node;
    }

    /// <summary>What people call the resource: its name where it has one, else its first text, else its external id.</summary>
    public static string? NameOf(ResourceType type, JsonObject document) =>
        type.Schema.Attributes.Where(attribute => attribute is { Type: AttributeType.String, MultiValued: false, IsSecret: false })
            .OrderByDescending(attribute => Array.IndexOf(ResourceType.Names, attribute.Name))
            .Select(attribute => document[attribute.Name]?.GetValue<string>())
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
        ?? document[CommonAttributes.ExternalId.Name]?.GetValue<string>();

    /// <summary>A copy in the order of the schemas, without empty objects and lists.</summary>
    internal static JsonObject InOrder(ResourceType type, JsonObject document)
    {
        var ordered = InOrder(type.CoreAttributes, document);
        foreach (var extension in type.Extensions)
        {
            if (document[extension.Schema.Id] is JsonObject held && InOrder(extension.Schema.Attributes, held) is { Count: > 0 } values)
            {
                ordered.Add(extension.Schema.Id, values);
            }
        }

        return ordered;
    }

    /// <summary>Sets a value, or removes it if it is null. A missing extension or complex attribute is made.</summary>
    internal static void Set(JsonObject document, AttributePath path, JsonNode? value)
    {
        var segments = path.Segments;
        var container = document;
        foreach (var segment in segments.SkipLast(1))
        {
            if (container[segment] is not JsonObject inner)
            {
                if (value is null)
                {
                    return;
                }

                container[segment] = inner = [];
            }

            container = inner;
        }

        if (value is null)
        {
            container.Remove(segments[^1]);
        }
        else
        {
            container[segments[^1]] = value;
        }
    }

    /// <summary>Sets a value next to what is there: <c>name</c> and <c>name.givenName</c> of the same body add up.</summary>
    internal static void Join(JsonObject document, AttributePath path, JsonNode? value)
    {
        if (value is JsonObject complex && Find(document, path) is JsonObject held)
        {
            foreach (var (name, inner) in complex)
            {
                held[name] = inner?.DeepClone();
            }
        }
        else if (value is not null)
        {
            Set(document, path, value);
        }
    }

    private static JsonObject InOrder(IEnumerable<AttributeDefinition> attributes, JsonObject values)
    {
        var ordered = new JsonObject();
        foreach (var attribute in attributes)
        {
            switch (values[attribute.Name])
            {
                case null or JsonArray { Count: 0 }:
                    break;
                case JsonObject complex:
                    if (InOrder(attribute.SubAttributes, complex) is { Count: > 0 } inner)
                    {
                        ordered.Add(attribute.Name, inner);
                    }

                    break;
                case JsonArray list when attribute.IsComplex:
                    ordered.Add(
                        attribute.Name,
                        new JsonArray([
                            .. list.OfType<JsonObject>()
                                .Select(element => InOrder(attribute.SubAttributes, element))
                                .Where(element => element.Count > 0),
                        ])
                    );
                    break;
                case var simple:
                    ordered.Add(attribute.Name, simple.DeepClone());
                    break;
            }
        }

        return ordered;
    }
}
