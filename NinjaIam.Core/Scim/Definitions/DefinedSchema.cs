using System.Text.RegularExpressions;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>A Schema document (RFC 7643, section 7) as it was read.</summary>
internal sealed partial record DefinedSchema(ScimSchema Schema, DefinitionNode Node)
{
    private const string ApiUrns = "urn:ietf:params:scim:api:";

    private static readonly string[] Known = ["schemas", "id", "name", "description", "attributes", "meta"];

    public static DefinedSchema? Read(DefinitionNode node)
    {
        node.RefuseOthers(Known);
        var id = ReadId(node);
        if (node.Find("attributes") is not { } list)
        {
            node.Refuse("The attributes are missing. Add a list \"attributes\".");
            return null;
        }

        var attributes = AttributeReader.Read(list);
        var name = node.Find("name")?.Text(DefinitionLimits.NameLength);
        var description = node.Find("description")?.Text(mayBeEmpty: true);
        return id is null
            ? null
            : new DefinedSchema(new ScimSchema(id, name ?? id, description ?? "", attributes) { Source = node.Source }, node);
    }

    private static string? ReadId(DefinitionNode node)
    {
        if (node.Find("id") is not { } said)
        {
            node.Refuse("The id is missing. Add a property \"id\" with the URN of the schema.");
            return null;
        }

        if (said.Text(DefinitionLimits.UrnLength) is not { } id)
        {
            return null;
        }

        if (!Urn().IsMatch(id))
        {
            said.Refuse($"\"{id}\" is no URN. Write it as in urn:example:params:scim:schemas:Device.");
            return null;
        }

        if (SchemaRegistry.BuiltIn.FindSchema(id) is not null)
        {
            said.Refuse("This schema is built in and can't be defined again. Remove it; extend User or Group by a schema of your own.");
            return null;
        }

        if (id.StartsWith(ApiUrns, StringComparison.OrdinalIgnoreCase) || SchemaAliases.TryTranslate(id, out _))
        {
            said.Refuse($"\"{id}\" has a meaning of its own in SCIM. Choose a URN of your own.");
            return null;
        }

        return id;
    }

    // RFC 8141, without what would have to be escaped in the path of a PATCH or a filter.
    [GeneratedRegex(
        @"\Aurn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[a-z0-9._~!$&'*+,;=:@%/-]*[a-z0-9]\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Urn();
}
