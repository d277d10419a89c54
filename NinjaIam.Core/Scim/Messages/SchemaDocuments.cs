using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>The resources of <c>/Schemas</c> and <c>/ResourceTypes</c> (RFC 7643, sections 6 and 7). No value in them is null.</summary>
public static class SchemaDocuments
{
    /// <param name="baseUrl">The address of the SCIM root, without a slash at its end.</param>
    public static JsonObject ForSchema(ScimSchema schema, string baseUrl) =>
        new()
        {
            ["schemas"] = new JsonArray(SchemaUrns.Schema),
            ["id"] = schema.Id,
            ["name"] = schema.Name,
            ["description"] = schema.Description,
            ["attributes"] = ForAttributes(schema.Attributes),
            ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{baseUrl}/Schemas/{schema.Id}" },
        };

    /// <param name="baseUrl">The address of the SCIM root, without a slash at its end.</param>
    public static JsonObject ForResourceType(ResourceType type, string baseUrl) =>
        new()
        {
            ["schemas"] = new JsonArray(SchemaUrns.ResourceType),
            ["id"] = type.Name,
            ["name"] = type.Name,
            ["endpoint"] = type.Endpoint,
            ["description"] = type.Description,
            ["schema"] = type.Schema.Id,
            ["schemaExtensions"] = new JsonArray([
                .. type.Extensions.Select(extension => new JsonObject
                {
                    ["schema"] = extension.Schema.Id,
                    ["required"] = extension.Required,
                }),
            ]),
            ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{baseUrl}/ResourceTypes/{type.Name}" },
        };

    private static JsonArray ForAttributes(IEnumerable<AttributeDefinition> attributes) => new([.. attributes.Select(ForAttribute)]);

    private static JsonObject ForAttribute(AttributeDefinition attribute)
    {
        var document = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = attribute.Type.ToToken(),
            ["multiValued"] = attribute.MultiValued,
            ["description"] = attribute.Description,
            ["required"] = attribute.Required,
            ["mutability"] = attribute.Mutability.ToToken(),
            ["returned"] = attribute.Returned.ToToken(),
        };
        if (attribute.IsComplex)
        {
            // Erratum 6004: complex attributes have neither letter case nor uniqueness.
            document["subAttributes"] = ForAttributes(attribute.SubAttributes);
            return document;
        }

        document["caseExact"] = attribute.CaseExact;
        document["uniqueness"] = attribute.Uniqueness.ToToken();
        if (attribute.CanonicalValues.Count > 0)
        {
            document["canonicalValues"] = Texts(attribute.CanonicalValues);
        }

        if (attribute.ReferenceTypes.Count > 0)
        {
            document["referenceTypes"] = Texts(attribute.ReferenceTypes);
        }

        return document;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
