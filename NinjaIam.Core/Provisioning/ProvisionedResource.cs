using System.Text;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>On whose behalf a provisioning client asks: the provider of its token, and where the request came from.</summary>
/// <param name="Origin">Its actor is the provider with the public id of the token.</param>
public sealed record ProvisioningCall(Guid ProviderId, Origin Origin)
{
    /// <summary>The write of which what is asked is a part; null when it is a write of its own.</summary>
    internal WriteScope? Scope { get; init; }

    /// <summary>Runs work as the write it is, or as the part of one.</summary>
    internal Task<T> WriteAsync<T>(IWritePath writePath, Func<WriteScope, Task<T>> work, CancellationToken cancellationToken) =>
        Scope is { } scope ? work(scope) : writePath.RunAsync(ProviderId, work, cancellationToken);
}

/// <summary>A resource as it is stored. The writer of answers adds what is not stored in the document: id, schemas, meta, groups, members.</summary>
/// <param name="Document">The stored JSON object in UTF-8.</param>
/// <param name="Groups">Groups of a user, as far as they were asked for.</param>
public sealed record ProvisionedResource(
    Guid Id,
    ResourceType Type,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    ReadOnlyMemory<byte> Document,
    IReadOnlyList<MemberReference> Groups
)
{
    internal long Seq { get; private init; }

    internal static ProvisionedResource Of(ResourceRow row, ResourceType type, IEnumerable<MemberReference> groups) =>
        new(row.Id, type, row.Version, row.Created, row.Modified, Encoding.UTF8.GetBytes(row.Doc), [.. groups]) { Seq = row.Seq };

    internal static ProvisionedResource Of(StoredDocument row, ResourceType type, IEnumerable<MemberReference> groups) =>
        new(row.Id, type, row.Version, row.Created, row.Modified, row.Doc, [.. groups]) { Seq = row.Seq };
}

/// <summary>What a write came to.</summary>
/// <param name="Repairs">What had to be tolerated to read the request.</param>
public sealed record ProvisioningResult(ProvisionedResource Resource, IReadOnlyList<Repair> Repairs);
