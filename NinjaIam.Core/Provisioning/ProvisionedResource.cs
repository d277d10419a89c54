using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>On whose behalf a provisioning client asks: the provider of its token, and where the request came from.</summary>
/// <param name="Origin">Its actor is the provider with the public id of the token.</param>
public sealed record ProvisioningCall(Guid ProviderId, Origin Origin);

/// <summary>A resource as it is stored. The writer of answers adds what is not stored in the document: id, schemas, meta, groups, members.</summary>
/// <param name="Groups">Groups of a user, as far as they were asked for.</param>
public sealed record ProvisionedResource(
    Guid Id,
    ResourceType Type,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    JsonObject Document,
    IReadOnlyList<MemberReference> Groups
)
{
    internal long Seq { get; private init; }

    internal static ProvisionedResource Of(ResourceRow row, ResourceType type, IEnumerable<MemberReference> groups) =>
        new(row.Id, type, row.Version, row.Created, row.Modified, JsonNode.Parse(row.Doc)!.AsObject(), [.. groups]) { Seq = row.Seq };
}

/// <summary>What a write came to.</summary>
/// <param name="Repairs">What had to be tolerated to read the request.</param>
public sealed record ProvisioningResult(ProvisionedResource Resource, IReadOnlyList<Repair> Repairs);
