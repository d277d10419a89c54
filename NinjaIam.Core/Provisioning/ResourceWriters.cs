using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Provisioning;

/// <summary>Who carries out the writes of provisioning clients, resource type by resource type.</summary>
public sealed class ResourceWriters
{
    private readonly Dictionary<ResourceType, IResourceProvisioning> _byType;

    public ResourceWriters(SchemaRegistry schemas, UserProvisioning users, GroupProvisioning groups) =>
        _byType = new() { [schemas.User] = users, [schemas.Group] = groups };

    /// <param name="type">One of the registry.</param>
    public IResourceProvisioning For(ResourceType type) => _byType[type];
}
