using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Refuses documents that lack a required attribute or hold only blanks in it.</summary>
internal static class RequiredAttributes
{
    /// <param name="before">The document as it was: to take away what it had is another mistake than to leave it out.</param>
    public static void Check(ResourceType type, JsonObject document, Findings findings, JsonObject? before = null)
    {
        Check(type, type.CoreAttributes, document, before, "", findings);
        foreach (var (schema, required) in type.Extensions)
        {
            var held = before?[schema.Id] as JsonObject;
            if (document[schema.Id] is JsonObject values)
            {
                Check(type, schema.Attributes, values, held, $"{schema.Id}:", findings);
            }
            else if (required)
            {
                findings.Refuse(
                    held is null
                        ? ScimError.InvalidValue($"The extension {schema.Id} is required. Send its attributes.")
                        : ScimError.Mutability($"The extension {schema.Id} is required and can't be removed.")
                );
            }
        }
    }

    private static void Check(
        ResourceType type,
        IReadOnlyList<AttributeDefinition> attributes,
        JsonObject values,
        JsonObject? before,
        string prefix,
        Findings findings
    )
    {
        foreach (var attribute in attributes)
        {
            var value = attribute.Required || type.HasRequiredParts ? values[attribute.Name] : null;
            if (attribute.Required && IsMissing(value))
            {
                findings.Refuse(
                    value is null && before?[attribute.Name] is not null
                        ? ScimError.Mutability($"{prefix}{attribute.Name} is required and can't be removed. Send another value for it.")
                        : ScimError.InvalidValue($"{prefix}{attribute.Name} is required and must not be empty. Send a value for it.")
                );
            }
            else if (type.HasRequiredParts && attribute.IsComplex)
            {
                CheckParts(attribute, value, prefix, findings);
            }
        }
    }

    private static void CheckParts(AttributeDefinition attribute, JsonNode? value, string prefix, Findings findings)
    {
        foreach (var element in (value as JsonArray)?.OfType<JsonObject>() ?? (value is JsonObject only ? [only] : []))
        {
            foreach (var part in attribute.SubAttributes)
            {
                if (part.Required && IsMissing(element[part.Name]))
                {
                    findings.Refuse(
                        ScimError.InvalidValue(
                            $"{prefix}{attribute.Name}.{part.Name} is required in every {attribute.Name} and must not be empty. Send a value for it."
                        )
                    );
                }
            }
        }
    }

    private static bool IsMissing(JsonNode? value) =>
        value is null || (value is JsonValue simple && simple.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text));
}
