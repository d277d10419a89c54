using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>A kind of resource: its endpoint, its core schema and the extensions its documents may hold.</summary>
public sealed class ResourceType
{
    private readonly AttributePathResolver _resolver;

    public ResourceType(string name, string endpoint, string description, ScimSchema schema, IReadOnlyList<SchemaExtension> extensions)
    {
        Name = name;
        Endpoint = endpoint;
        Description = description;
        Schema = schema;
        Extensions = extensions;
        CoreAttributes = [.. CommonAttributes.All, .. schema.Attributes];
        _resolver = new AttributePathResolver(this);
        HasMembers = schema.FindAttribute(MembersAttribute) is not null;
        ReturnsStoredValues = !CoreAttributes.Concat(extensions.SelectMany(extension => extension.Schema.Attributes)).Any(IsSelective);
    }

    public string Name { get; }

    /// <summary>Relative to the base URL, with its slash: <c>/Users</c>.</summary>
    public string Endpoint { get; }

    public string Description { get; }

    public ScimSchema Schema { get; }

    public IReadOnlyList<SchemaExtension> Extensions { get; }

    /// <summary>The common attributes and those of the core schema, in the order of documents.</summary>
    public IReadOnlyList<AttributeDefinition> CoreAttributes { get; }

    /// <summary>Members are relations, kept outside the document of the group.</summary>
    public bool HasMembers { get; }

    /// <summary>
    /// Whether everything a document of this type can hold is part of an answer for which nothing particular was asked. What is never
    /// returned and only written, a password, is never stored in a document.
    /// </summary>
    public bool ReturnsStoredValues { get; }

    public const string MembersAttribute = "members";

    /// <summary>Finds what a name in a path, a filter or a list of attributes stands for. Letter case does not matter.</summary>
    public PathResolution Resolve(string path) => _resolver.Resolve(path);

    /// <summary>Finds an attribute named without the URN of its extension, if just one extension has it.</summary>
    public AttributePath? ResolveUnqualified(string name)
    {
        var found = Extensions.Select(extension => Resolve($"{extension.Schema.Id}:{name}")).OfType<PathResolution.Found>().ToList();
        return found is [var only] ? only.Path : null;
    }

    /// <summary>Whether resources of this type can have a value at the path.</summary>
    public bool Has(AttributePath path) =>
        path.Extension is not { } schema || Extensions.Any(extension => ReferenceEquals(extension.Schema, schema));

    /// <summary>The <c>schemas</c> of a resource: the core schema and every extension its document has values for.</summary>
    public IReadOnlyList<string> SchemasOf(JsonObject document) =>
        [Schema.Id, .. Extensions.Where(extension => document.ContainsKey(extension.Schema.Id)).Select(extension => extension.Schema.Id)];

    public override string ToString() => Name;

    private static bool IsSelective(AttributeDefinition attribute) =>
        attribute.Returned == Returned.Request
        || (attribute.Returned == Returned.Never && attribute.Mutability != Mutability.WriteOnly)
        || attribute.SubAttributes.Any(IsSelective);
}

/// <summary>An extension of a resource type, and whether every resource must have it.</summary>
public sealed record SchemaExtension(ScimSchema Schema, bool Required);
