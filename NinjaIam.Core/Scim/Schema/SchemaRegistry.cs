namespace NinjaIam.Core.Scim.Schema;

/// <summary>The resource types and schemas an installation serves. Made once at start; immutable; more types are more data.</summary>
public sealed class SchemaRegistry(IReadOnlyList<ResourceType> resourceTypes)
{
    /// <summary>What every installation serves.</summary>
    public static SchemaRegistry BuiltIn { get; } = new([BuiltInResourceTypes.User, BuiltInResourceTypes.Group]);

    /// <summary>Users, with the extensions of this installation.</summary>
    public ResourceType User { get; } = resourceTypes.Single(type => type.Name == BuiltInResourceTypes.User.Name);

    /// <summary>Groups, with the extensions of this installation.</summary>
    public ResourceType Group { get; } = resourceTypes.Single(type => type.Name == BuiltInResourceTypes.Group.Name);

    public IReadOnlyList<ResourceType> ResourceTypes { get; } = resourceTypes;

    /// <summary>What resources consist of, then what the discovery documents themselves consist of.</summary>
    public IReadOnlyList<ScimSchema> Schemas { get; } =
    [
        .. resourceTypes
            .SelectMany(type => type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema))
            .Concat(ProtocolSchemas.All)
            .DistinctBy(schema => schema.Id, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>There are resources other than users and groups.</summary>
    public bool HasCustomTypes => ResourceTypes.Count > BuiltIn.ResourceTypes.Count;

    public ResourceType? FindByName(string name) =>
        ResourceTypes.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <param name="endpoint">With or without its leading slash.</param>
    public ResourceType? FindByEndpoint(string endpoint)
    {
        var name = endpoint.AsSpan().Trim('/');
        foreach (var type in ResourceTypes)
        {
            if (name.Equals(type.Endpoint.AsSpan(1), StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    public ScimSchema? FindSchema(string urn) =>
        Schemas.FirstOrDefault(schema => string.Equals(schema.Id, urn, StringComparison.OrdinalIgnoreCase));
}
