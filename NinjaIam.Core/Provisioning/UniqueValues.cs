using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// Values that definitions call unique: within the provider, or within the installation. An empty text is no value. What is unique of
/// users and groups by itself, userName and displayName, has rules of its own.
/// </summary>
internal static class UniqueValues
{
    /// <summary>Under what the keys of a path are kept.</summary>
    public static string AttributeOf(ResourceType type, AttributePath path) => $"{type.Name}.{path}";

    public static IEnumerable<UniqueKey> KeysOf(ResourceType type, JsonObject document) =>
        type.UniquePaths.SelectMany(path => KeysOf(type, path, document)).Select(value => value.Key);

    /// <summary>The refusal of a document with a value that another resource has, or null.</summary>
    /// <param name="seq">The resource that gets the document, or null for a new one.</param>
    public static async Task<ScimError?> RefuseAsync(WriteScope scope, ResourceType type, Guid provider, JsonObject document, long? seq)
    {
        foreach (var path in type.UniquePaths)
        {
            foreach (var (key, value) in KeysOf(type, path, document))
            {
                if (await ResourceWrites.HolderAsync(scope, provider, key) is { } holder && holder.Seq != seq)
                {
                    return holder.Provider == provider
                        ? Refusals.ValueTaken(type, path, value, holder.Id)
                        : Refusals.ValueTakenElsewhere(path);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(UniqueKey Key, string Value)> KeysOf(ResourceType type, AttributePath path, JsonObject document)
    {
        var held = (path.Extension is { } extension ? document[extension.Id] : document)?[path.Attribute.Name];
        foreach (var element in held is JsonArray list ? [.. list] : (JsonNode?[])[held])
        {
            var value = path.SubAttribute is { } part ? (element as JsonObject)?[part.Name] : element;
            if (value is JsonValue simple && SearchKey.Of(path.Definition, simple) is { Length: > 0 } key)
            {
                var isGlobal = path.Definition.Uniqueness == Uniqueness.Global;
                yield return (new UniqueKey(AttributeOf(type, path), key, isGlobal), simple.ToString());
            }
        }
    }
}
