using System.Text.RegularExpressions;

namespace NinjaIam.Core.Scim.Definitions;

/// <summary>A ResourceType document (RFC 7643, section 6) as it was read. With the name of a built-in type it only adds extensions to it.</summary>
/// <param name="Endpoint">With its slash.</param>
internal sealed partial record DefinedResourceType(
    string Name,
    string Description,
    string? Endpoint,
    string? Schema,
    IReadOnlyList<DefinedExtension> Extensions,
    DefinitionNode Node
)
{
    private static readonly string[] Known = ["schemas", "id", "name", "description", "endpoint", "schema", "schemaExtensions", "meta"];

    private static readonly string[] KnownOfExtensions = ["schema", "required"];

    public static DefinedResourceType? Read(DefinitionNode node)
    {
        node.RefuseOthers(Known);
        var extensions = node.Find("schemaExtensions") is { } list ? ReadExtensions(list) : [];
        var endpoint = node.Find("endpoint") is { } at ? ReadEndpoint(at) : null;
        var schema = node.Find("schema")?.Text(DefinitionLimits.UrnLength);
        var description = node.Find("description")?.Text(mayBeEmpty: true) ?? "";
        if (node.Find("name") is not { } named)
        {
            node.Refuse("The name is missing. Add a property \"name\", such as \"Device\".");
            return null;
        }

        if (named.Text(DefinitionLimits.NameLength) is not { } name)
        {
            return null;
        }

        if (!Word().IsMatch(name))
        {
            named.Refuse($"\"{name}\" is no name of a resource type. Begin with a letter and go on with letters and digits.");
            return null;
        }

        return new DefinedResourceType(name, description, endpoint, schema, extensions, node);
    }

    private static string? ReadEndpoint(DefinitionNode node)
    {
        if (node.Text(DefinitionLimits.NameLength) is not { } text)
        {
            return null;
        }

        var name = text.StartsWith('/') ? text[1..] : text;
        if (Word().IsMatch(name))
        {
            return "/" + name;
        }

        node.Refuse($"\"{text}\" is no endpoint. Write a slash and one word of letters and digits, as in /Devices.");
        return null;
    }

    private static List<DefinedExtension> ReadExtensions(DefinitionNode list)
    {
        var extensions = new List<DefinedExtension>();
        foreach (var node in list.Objects())
        {
            node.RefuseOthers(KnownOfExtensions);
            if (node.Find("schema") is not { } schema)
            {
                node.Refuse("The schema is missing. Add a property \"schema\" with its URN.");
            }
            else if (schema.Text(DefinitionLimits.UrnLength) is { } urn)
            {
                extensions.Add(new DefinedExtension(urn, node.Find("required")?.Truth() ?? false, schema));
            }
        }

        return extensions;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

/// <param name="Node">Where the URN stands.</param>
internal sealed record DefinedExtension(string Urn, bool Required, DefinitionNode Node);
