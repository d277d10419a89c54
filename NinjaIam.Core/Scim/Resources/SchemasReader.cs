using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Resources;

/// <summary>Reads which schemas a body says it has. Nothing depends on it but the notes.</summary>
internal static class SchemasReader
{
    /// <summary>The declared URNs, or null if the body declares none.</summary>
    public static HashSet<string>? Read(JsonObject body, ResourceType type, Findings findings)
    {
        var sent = body.FirstOrDefault(property => property.Key.Equals("schemas", StringComparison.OrdinalIgnoreCase)).Value;
        var elements = sent switch
        {
            null => [],
            JsonArray list => list,
            _ => new JsonArray(sent.DeepClone()),
        };
        if (elements.Count == 0)
        {
            findings.Note(DialectRules.MissingSchemas, "schemas");
            return null;
        }

        var declared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in elements)
        {
            if (element is not JsonValue value || !value.TryGetValue<string>(out var urn))
            {
                findings.Refuse(ScimError.InvalidSyntax($"schemas must be a list of URNs, as in [\"{type.Schema.Id}\"]."));
                return null;
            }

            if (SchemaAliases.TryTranslate(urn, out var today) || type.Resolve(today) is not PathResolution.WholeSchema)
            {
                findings.Note(DialectRules.LegacySchema, urn);
            }

            declared.Add(today);
        }

        return declared;
    }
}
