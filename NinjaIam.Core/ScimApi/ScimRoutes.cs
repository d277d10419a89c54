using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>Every address and method of the endpoint, as the registered resource types have it.</summary>
internal sealed class ScimRoutes(SchemaRegistry schemas, ResourceWriters writers)
{
    public IReadOnlyList<ScimRoute> All { get; } =
    [.. new DiscoveryRoutes(schemas).All(), .. schemas.ResourceTypes.SelectMany(type => new ResourceRoutes(type, writers.For(type)).All())];
}
