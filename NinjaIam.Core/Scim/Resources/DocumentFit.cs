using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Whether a document that was stored under other definitions is one that could be stored now.</summary>
internal static class DocumentFit
{
    /// <summary>What does not fit, in words, which may quote a value; null where everything fits. What is built in always fits.</summary>
    public static string? MisfitOf(ResourceType type, JsonObject document)
    {
        if (!DocumentReader.Read(document, type).TryGet(out var reading, out var error))
        {
            return error.Detail;
        }

        foreach (var (name, value) in document.Where(property => !IsBuiltIn(type, property.Key)))
        {
            if (!JsonNode.DeepEquals(value, reading.Document[name]))
            {
                return $"{PathOf(name, value, reading.Document[name])} holds what is not defined any more.";
            }
        }

        return null;
    }

    private static bool IsBuiltIn(ResourceType type, string name) =>
        type.Source is null
        && (
            type.CoreAttributes.Any(attribute => attribute.Name == name)
            || type.Extensions.Any(extension => extension.Schema is { Source: null } schema && schema.Id == name)
        );

    /// <summary>Inside an extension or a complex value, the part that is another one.</summary>
    private static string PathOf(string name, JsonNode? stored, JsonNode? read)
    {
        if (stored is not JsonObject complex || read is not JsonObject other)
        {
            return name;
        }

        var part = complex.First(property => !JsonNode.DeepEquals(property.Value, other[property.Key])).Key;
        return $"{name}{(name.Contains(':', StringComparison.Ordinal) ? ':' : '.')}{part}";
    }
}
