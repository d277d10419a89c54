using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Refuses documents that lack a required attribute or hold only blanks in it.</summary>
internal static class RequiredAttributes
{
    public static void Check(ResourceType type, JsonObject document, Findings findings)
    {
        Check(type.CoreAttributes, document, "", findings);
        foreach (var (schema, required) in type.Extensions)
        {
            if (document[schema.Id] is JsonObject values)
            {
                Check(schema.Attributes, values, $"{schema.Id}:", findings);
            }
            else if (required)
            {
                findings.Refuse(ScimError.InvalidValue($"The extension {schema.Id} is required. Send its attributes."));
            }
        }
    }

    private static void Check(IEnumerable<AttributeDefinition> attributes, JsonObject values, string prefix, Findings findings)
    {
        foreach (var attribute in attributes)
        {
            if (
                attribute.Required
                && (
                    values[attribute.Name] is not { } value
                    || (value is JsonValue simple && simple.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text))
                )
            )
            {
                findings.Refuse(
                    ScimError.InvalidValue($"{prefix}{attribute.Name} is required and must not be empty. Send a value for it.")
                );
            }
        }
    }
}
