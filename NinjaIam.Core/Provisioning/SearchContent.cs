using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Resources;
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

    private const int PrimaryOrdinal = -1;

    /// <summary>Whether <see cref="ValuesOf(ResourceType, JsonObject)"/> has a key of every value at the path.</summary>
    public static bool HasKeys(ResourceType type, AttributePath path) =>
        path.Definition.Searchable
        && path.SubAttribute is not { MultiValued: true }
        && (
            path.Extension is not null
            || !(HasColumn(type, path.Attribute) || (type.HasMembers && path.Attribute.Name == ResourceType.MembersAttribute))
        );

    /// <summary>The attribute that says whether a person may sign in.</summary>
    public static bool IsActive(ResourceType type, AttributeDefinition attribute) =>
        type.HasAccounts && attribute is { Name: "active", Type: AttributeType.Boolean, MultiValued: false };

    /// <summary>What every type of resource is found and sorted by in no time, for advice to clients.</summary>
    public static string FoundBy(ResourceType type) => type.NameAttribute is { } name ? $"{name}, externalId or id" : "externalId or id";

    /// <param name="uniqueKeys">Keys by the rules of users and groups; those of definitions are added.</param>
    /// <param name="text">The document as it is stored, where it is known.</param>
    /// <param name="active">Whether a person is active where the document does not say so.</param>
    public static ResourceContent Of(
        ResourceType type,
        JsonObject document,
        IReadOnlyList<UniqueKey> uniqueKeys,
        string? text = null,
        bool active = true
    )
    {
        var externalId = document["externalId"]?.GetValue<string>();
        return new ResourceContent(
            type.NameAttribute is { } name ? TextKey.Of(document[name.Name]!.GetValue<string>()) : "",
            externalId,
            !type.HasAccounts || (document["active"]?.GetValue<bool>() ?? active),
            text ?? document.ToJsonString(StoredJson.Options),
            [.. ValuesOf(type, document)],
            type.UniquePaths.Count == 0 ? uniqueKeys : [.. uniqueKeys, .. UniqueValues.KeysOf(type, document).Distinct()]
        );
    }

    private static bool HasColumn(ResourceType type, AttributeDefinition attribute) =>
        ReferenceEquals(attribute, CommonAttributes.Id)
        || ReferenceEquals(attribute, CommonAttributes.ExternalId)
        || ReferenceEquals(attribute, type.NameAttribute)
        || IsActive(type, attribute);

    private static IEnumerable<SearchValue> ValuesOf(ResourceType type, JsonObject document)
    {
        foreach (var attribute in type.CoreAttributes.Where(attribute => !HasColumn(type, attribute)))
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
        var chosen = elements.FindIndex(ValueLists.IsPrimary);
        for (var index = 0; index < elements.Count; index++)
        {
            var ordinal = index == chosen ? PrimaryOrdinal : index;
            switch (elements[index])
            {
                case JsonObject complex:
                    var type = complex["type"] is JsonValue named ? SearchKey.Of(KeyKind.FoldedText, named) : null;
                    foreach (var part in attribute.SubAttributes.Where(part => part.Searchable))
                    {
                        if (complex[part.Name] is JsonValue held && SearchKey.Of(part, held) is { } partKey)
                        {
                            yield return new SearchValue($"{path}.{part.Name}", partKey, ordinal, type, index == chosen);
                        }
                    }

                    break;
                case JsonValue simple when attribute.Searchable && SearchKey.Of(attribute, simple) is { } key:
                    yield return new SearchValue(path, key, ordinal, null, false);
                    break;
                default:
                    break;
            }
        }
    }
}
