using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>What is different between two documents, attribute by attribute, for the journal.</summary>
internal static class DocumentChanges
{
    /// <summary>What nobody may learn is told to have changed, and not to what.</summary>
    /// <param name="before">Empty for what is new.</param>
    public static IReadOnlyList<ChangedValue> Between(ResourceType type, JsonObject before, JsonObject after)
    {
        var held = Flatten(type, before);
        var wanted = Flatten(type, after);
        var changed = held
            .Keys.Concat(wanted.Keys.Where(path => !held.ContainsKey(path)))
            .Where(path => held.GetValueOrDefault(path) != wanted.GetValueOrDefault(path))
            .ToList();
        if (type.SecretPaths.Count > 0)
        {
            held = Flatten(type, type.WithoutSecrets(before));
            wanted = Flatten(type, type.WithoutSecrets(after));
        }

        return [.. changed.Select(path => new ChangedValue(path, held.GetValueOrDefault(path), wanted.GetValueOrDefault(path)))];
    }

    private static Dictionary<string, string> Flatten(ResourceType type, JsonObject document)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in document)
        {
            if (value is JsonObject extension && type.Extensions.Any(known => known.Schema.Id == name))
            {
                foreach (var (attribute, inner) in extension)
                {
                    Add(values, $"{name}:{attribute}", inner);
                }
            }
            else
            {
                Add(values, name, value);
            }
        }

        return values;
    }

    private static void Add(Dictionary<string, string> values, string path, JsonNode? value)
    {
        switch (value)
        {
            case null:
                break;
            case JsonObject complex:
                foreach (var (name, inner) in complex)
                {
                    Add(values, $"{path}.{name}", inner);
                }

                break;
            case JsonValue simple when simple.TryGetValue<string>(out var text):
                values[path] = text;
                break;
            default:
                values[path] = value.ToJsonString();
                break;
        }
    }
}
