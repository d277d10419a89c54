using System.Text.Json;
using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Schema;

/// <summary>A kind of resource: its endpoint, its core schema and the extensions its documents may hold.</summary>
public sealed class ResourceType
{
    public const string MembersAttribute = "members";

    /// <summary>What people call a resource mostly has one of these names; the last one first.</summary>
    public static readonly string[] Names = ["userName", "name", "displayName"];

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
        NameAttribute = Names.Select(schema.FindAttribute).LastOrDefault(IsName);
        var all = CoreAttributes.Concat(extensions.SelectMany(extension => extension.Schema.Attributes)).ToList();
        UniquePaths = [.. extensions.Select(extension => extension.Schema).Prepend(schema).SelectMany(UniqueIn)];
        ImmutablePaths = [.. extensions.Select(extension => extension.Schema).Prepend(schema).SelectMany(ImmutableIn)];
        HasRequiredParts = all.Any(attribute => attribute.SubAttributes.Any(part => part.Required));
        SecretPaths = [.. extensions.Select(extension => extension.Schema).Prepend(schema).SelectMany(PathsIn).Where(IsSecret)];
        ReturnsOnRequest = all.Any(attribute => HasAny(attribute, part => part.Returned == Returned.Request));
    }

    public string Name { get; }

    /// <summary>Relative to the base URL, with its slash: <c>/Users</c>.</summary>
    public string Endpoint { get; }

    public string Description { get; }

    public ScimSchema Schema { get; }

    public IReadOnlyList<SchemaExtension> Extensions { get; }

    /// <summary>The common attributes and those of the core schema, in the order of documents.</summary>
    public IReadOnlyList<AttributeDefinition> CoreAttributes { get; }

    /// <summary>The file that defines it; null for what is built in.</summary>
    public string? Source { get; init; }

    /// <summary>Its resources are people: each has an account and groups, and <c>active</c> says whether it may sign in.</summary>
    public bool HasAccounts { get; init; }

    /// <summary>Its resources have members: relations, kept outside their documents.</summary>
    public bool HasMembers { get; init; }

    /// <summary>A text that every resource has and by which it is found fastest; null where the schema has none.</summary>
    public AttributeDefinition? NameAttribute { get; }

    /// <summary>What definitions call unique.</summary>
    public IReadOnlyList<AttributePath> UniquePaths { get; }

    /// <summary>What can't be changed once it has a value: attributes, and parts of single-valued ones.</summary>
    public IReadOnlyList<AttributePath> ImmutablePaths { get; }

    /// <summary>Some complex values must have some of their sub-attributes.</summary>
    public bool HasRequiredParts { get; }

    /// <summary>What documents can hold and nobody may learn.</summary>
    public IReadOnlyList<AttributePath> SecretPaths { get; }

    /// <summary>Documents can hold what is part of an answer only when it is asked for.</summary>
    public bool ReturnsOnRequest { get; }

    /// <summary>Whether everything a document of this type can hold is part of an answer for which nothing particular was asked.</summary>
    public bool ReturnsStoredValues => SecretPaths.Count == 0 && !ReturnsOnRequest;

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

    /// <summary>A copy of a document in which a placeholder stands for everything that nobody may learn.</summary>
    public JsonObject WithoutSecrets(JsonObject document)
    {
        const string Placeholder = "…";
        var copy = document.DeepClone().AsObject();
        foreach (var path in SecretPaths)
        {
            var holder = path.Extension is { } extension ? copy[extension.Id] as JsonObject : copy;
            if (path.SubAttribute is not { } part)
            {
                Cover(holder, path.Attribute.Name);
            }
            else if (holder?[path.Attribute.Name] is JsonArray list)
            {
                foreach (var element in list)
                {
                    Cover(element as JsonObject, part.Name);
                }
            }
            else
            {
                Cover(holder?[path.Attribute.Name] as JsonObject, part.Name);
            }
        }

        return copy;

        static void Cover(JsonObject? holder, string name)
        {
            if (holder?[name] is { } value)
            {
                holder[name] = Covered(value);
            }
        }

        static JsonNode Covered(JsonNode value) =>
            value is JsonObject complex
                ? new JsonObject(complex.Select(part => KeyValuePair.Create(part.Key, part.Value is null ? null : Covered(part.Value))))
                : Placeholder;
    }

    public override string ToString() => Name;

    private static bool IsName(AttributeDefinition? attribute) =>
        attribute is { Type: AttributeType.String, MultiValued: false, Required: true, CaseExact: false };

    // Users and groups have rules of their own for what is unique of them.
    private IEnumerable<AttributePath> UniqueIn(ScimSchema schema) =>
        schema.Source is null ? [] : PathsIn(schema).Where(path => path.Definition.Uniqueness != Uniqueness.None);

    private IEnumerable<AttributePath> ImmutableIn(ScimSchema schema) =>
        PathsIn(schema)
            .Where(path =>
                path.Definition.Mutability == Mutability.Immutable && (path.SubAttribute is null || !path.Attribute.MultiValued)
            );

    private static bool IsSecret(AttributePath path) => path.Attribute.IsSecret || path.Definition.IsSecret;

    private IEnumerable<AttributePath> PathsIn(ScimSchema schema)
    {
        var extension = ReferenceEquals(schema, Schema) ? null : schema;
        foreach (var attribute in schema.Attributes)
        {
            yield return new AttributePath(extension, attribute, null);
            foreach (var part in attribute.SubAttributes)
            {
                yield return new AttributePath(extension, attribute, part);
            }
        }
    }

    private static bool HasAny(AttributeDefinition attribute, Func<AttributeDefinition, bool> isSo) =>
        isSo(attribute) || attribute.SubAttributes.Any(part => HasAny(part, isSo));
}

/// <summary>An extension of a resource type, and whether every resource must have it.</summary>
public sealed record SchemaExtension(ScimSchema Schema, bool Required)
{
    private readonly byte[] _name = JsonSerializer.SerializeToUtf8Bytes(Schema.Id, StoredJson.Options);

    /// <summary>Whether a stored document has values of this extension.</summary>
    public bool IsIn(ReadOnlySpan<byte> document)
    {
        for (var rest = document; rest.IndexOf(_name) is var at and >= 0; rest = rest[(at + _name.Length)..])
        {
            // A quotation mark within a text has a backslash before it, and a text that is a value has no colon behind it.
            if (at > 0 && rest[at - 1] != '\\' && rest[(at + _name.Length)..] is [(byte)':', ..])
            {
                return true;
            }
        }

        return false;
    }
}
