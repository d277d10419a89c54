using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.ScimApi;

/// <summary>Every address and method of the endpoint, as the registered resource types have it.</summary>
internal sealed class ScimRoutes(SchemaRegistry schemas, ResourceWriters writers, BulkProvisioning bulk)
{
    public IReadOnlyList<ScimRoute> All { get; } =
    [
        .. new DiscoveryRoutes(schemas).All(),
        .. new QueryRoutes("", schemas.ResourceTypes).All(),
        .. schemas.ResourceTypes.SelectMany(type => new ResourceRoutes(type, writers.For(type)).All()),
        .. new BulkRoutes(schemas, bulk).All(),
        new(null, "Me", Me),
    ];

    private static Task<ScimAnswer> Me(ScimRequest request) =>
        Task.FromResult(
            ScimAnswer.Of(
                ScimError.NotImplemented("/Me is not offered: a SCIM token stands for an identity provider, not for a person. Use /Users.")
            )
        );
}
