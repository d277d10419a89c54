using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What every write of a resource type begins with: the provider, and the resource, as they are inside the write.</summary>
internal sealed class ResourceWriting(ResourceType type, IWritePath writePath)
{
    /// <summary>Runs one write of a provider that may still write.</summary>
    public Task<ProvisioningOutcome<T>> RunAsync<T>(
        ProvisioningCall caller,
        Func<WriteScope, ProviderInScope, Task<ProvisioningOutcome<T>>> work,
        CancellationToken cancellationToken
    )
        where T : notnull =>
        caller.WriteAsync(
            writePath,
            async scope =>
                await ProviderInScope.LoadAsync(scope, caller) is { } provider ? await work(scope, provider) : Refusals.Unauthorized,
            cancellationToken
        );

    /// <summary>The live resource, or why it can't be written.</summary>
    public async Task<(ResourceRow? Row, ScimError? Refusal)> CurrentAsync(
        WriteScope scope,
        ProviderInScope provider,
        Guid id,
        EntityTagCondition? condition
    )
    {
        var row = await ResourceReads.ByIdAsync(scope.Statement, provider.Id, type.Name, id);
        return row is null ? (null, Refusals.NotFound(type, id.ToString("D")))
            : condition?.Holds(new EntityTag(row.Version)) == false ? (null, Refusals.PreconditionFailed(row.Version))
            : (row, null);
    }

    /// <summary>What is reported of a POST that made no new resource.</summary>
    public static Repair TakenBack { get; } = new(DialectRules.ReturningResource, CommonAttributes.Id.Name);

    /// <summary>The deleted resource that comes back with its externalId, or null.</summary>
    public async Task<ResourceRow?> ReturningAsync(WriteScope scope, ProviderInScope provider, string? externalId)
    {
        if (externalId is null)
        {
            return null;
        }

        var since = scope.Now - SamePerson.MayReturnFor;
        var last = await ResourceReads.LastByExternalIdAsync(scope.Statement, provider.Id, type.Name, externalId, since);
        return last is { DeletedAt: null } ? null : last;
    }
}
