using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Who carries out the writes of provisioning clients, resource type by resource type.</summary>
public sealed class ResourceWriters
{
    private readonly Dictionary<ResourceType, IResourceProvisioning> _byType;

    public ResourceWriters(
        SchemaRegistry schemas,
        UserProvisioning users,
        GroupProvisioning groups,
        IWritePath writePath,
        Previews previews,
        ChangeJournal journal
    ) =>
        _byType = schemas.ResourceTypes.ToDictionary(
            type => type,
            type =>
                type == schemas.User ? users
                : type == schemas.Group ? groups
                : (IResourceProvisioning)new CustomProvisioning(type, writePath, previews, journal)
        );

    /// <param name="type">One of the registry.</param>
    public IResourceProvisioning For(ResourceType type) => _byType[type];
}
