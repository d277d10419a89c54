using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>Writes what definitions added to resource types in a form that <see cref="DefinitionReader"/> reads: equal text is equal meaning.</summary>
public static class DefinitionWriter
{
    public static string Write(IEnumerable<ResourceType> types) => new JsonArray([.. Documents(types)]).ToJsonString();

    /// <summary>The documents, each with its id. Types that nothing was added to have none.</summary>
    public static IReadOnlyList<JsonObject> Documents(IEnumerable<ResourceType> types)
    {
        var defined = types.Where(type => DefinedSchemas(type).Any()).OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        var schemas = defined
            .SelectMany(DefinedSchemas)
            .DistinctBy(schema => schema.Id)
            .OrderBy(schema => schema.Id, StringComparer.Ordinal);
        return [.. schemas.Select(OfSchema), .. defined.Select(type => WithoutMeta(SchemaDocuments.ForResourceType(type, "")))];
    }

    private static IEnumerable<ScimSchema> DefinedSchemas(ResourceType type) =>
        type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema).Where(schema => schema.Source is not null);

    private static JsonObject OfSchema(ScimSchema schema)
    {
        var document = WithoutMeta(SchemaDocuments.ForSchema(schema, ""));
        AddOwn(document["attributes"]!.AsArray(), schema.Attributes);
        return document;
    }

    /// <summary>Our own characteristics, which answers don't show.</summary>
    private static void AddOwn(JsonArray documents, IReadOnlyList<AttributeDefinition> attributes)
    {
        for (var index = 0; index < attributes.Count; index++)
        {
            var (document, attribute) = (documents[index]!.AsObject(), attributes[index]);
            if (attribute.Searchable)
            {
                document[AttributeReader.Searchable] = true;
            }

            if (attribute.CanonicalValuesOnly)
            {
                document[AttributeReader.CanonicalValuesOnly] = true;
            }

            if (attribute.IsComplex)
            {
                AddOwn(document["subAttributes"]!.AsArray(), attribute.SubAttributes);
            }
        }
    }

    private static JsonObject WithoutMeta(JsonObject document)
    {
        document.Remove("meta");
        return document;
    }
}
