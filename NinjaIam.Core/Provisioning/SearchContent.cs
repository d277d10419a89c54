using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What the tables keep of a document beside the document itself.</summary>
internal static class SearchContent
{
    /// <summary>Attribute under which the name of a group is kept unique within its provider.</summary>
    public const string GroupName = "Group.displayName";

    /// <summary>Attribute under which the external id of a user is kept unique within its provider.</summary>
    public const string UserExternalId = "User.externalId";

    // These have columns of their own.
    private static readonly HashSet<string> Columns = new(StringComparer.Ordinal) { "id", "externalId", "active" };

    // Answers hold the stored text as it is, and names need no escapes beyond JSON's own.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string NameAttribute(ResourceType type) => type.HasMembers ? "displayName" : "userName";

    public static ResourceContent Of(ResourceType type, JsonObject document, IReadOnlyList<UniqueKey> uniqueKeys)
    {
        var externalId = document["externalId"]?.GetValue<string>();
        return new ResourceContent(
            TextKey.Of(document[NameAttribute(type)]!.GetValue<string>()),
            externalId,
            document["active"]?.GetValue<bool>() ?? true,
            document.ToJsonString(Plain),
            [.. ValuesOf(type, document)],
            uniqueKeys
        );
    }

    private static IEnumerable<SearchValue> ValuesOf(ResourceType type, JsonObject document)
    {
        var skipped = NameAttribute(type);
        foreach (var attribute in type.CoreAttributes.Where(attribute => !Columns.Contains(attribute.Name) && attribute.Name != skipped))
        {
            foreach (var value in ValuesOf(attribute, attribute.Name, document[attribute.Name]))
            {
                yield return value;
            }
        }

        foreach (var (schema, _) in type.Extensions)
        {
            foreach (var attribute in schema.Attributes)
            {
                foreach (var value in ValuesOf(attribute, $"{schema.Id}:{attribute.Name}", document[schema.Id]?[attribute.Name]))
                {
                    yield return value;
                }
            }
        }
    }

    private static IEnumerable<SearchValue> ValuesOf(AttributeDefinition attribute, string path, JsonNode? node)
    {
        var elements = node is JsonArray list ? list.ToList() : [node];
        for (var ordinal = 0; ordinal < elements.Count; ordinal++)
        {
            switch (elements[ordinal])
            {
                case JsonObject complex:
                    var type = complex["type"]?.ToString() is { } named ? TextFolding.Key(named) : null;
                    var primary = complex["primary"]?.GetValue<bool>() == true;
                    foreach (var part in attribute.SubAttributes.Where(part => part.Searchable))
                    {
                        if (complex[part.Name] is JsonValue held)
                        {
                            yield return new SearchValue($"{path}.{part.Name}", KeyOf(part, held), ordinal, type, primary);
                        }
                    }

                    break;
                case JsonValue simple when attribute.Searchable:
                    yield return new SearchValue(path, KeyOf(attribute, simple), ordinal, null, false);
                    break;
                default:
                    break;
            }
        }
    }

    private static string KeyOf(AttributeDefinition attribute, JsonValue value) =>
        value.TryGetValue<string>(out var text) ? TextFolding.Key(text, attribute.CaseExact) : value.ToJsonString();
}
