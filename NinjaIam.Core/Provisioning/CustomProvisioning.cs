using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What provisioning clients do to the resources of a type that definitions define. Each operation is one write.</summary>
internal sealed class CustomProvisioning(ResourceType type, IWritePath writePath, Previews previews, ChangeJournal journal)
    : IResourceProvisioning
{
    private readonly ResourceWriting _writing = new(type, ChangeTopic.Resources, writePath, previews, journal);

    /// <summary>Creates a resource. One that was deleted comes back with its id when its externalId comes back.</summary>
    public Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        ProvisioningCall caller,
        DocumentReading reading,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync(
            caller,
            _writing.NameIn(reading.Document),
            async (scope, provider) =>
            {
                var returning = await _writing.ReturningAsync(scope, provider, reading.Document);
                var stored = returning is null ? [] : JsonNode.Parse(returning.Doc)!.AsObject();
                return await WriteAsync(scope, caller, returning, stored, ResourceChange.ByCreating(reading, returning));
            },
            cancellationToken
        );

    public Task<ProvisioningOutcome<ProvisioningResult>> ReplaceAsync(
        ProvisioningCall caller,
        Guid id,
        DocumentReading reading,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) => _writing.ReplaceAsync(caller, id, reading, condition, UpdateAsync, cancellationToken);

    public Task<ProvisioningOutcome<ProvisioningResult>> PatchAsync(
        ProvisioningCall caller,
        Guid id,
        PatchRequest request,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) => _writing.PatchAsync(caller, id, request, condition, UpdateAsync, cancellationToken);

    /// <summary>Hides the resource from SCIM and frees its unique values.</summary>
    public Task<ProvisioningOutcome<Completed>> DeleteAsync(
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync<Completed>(
            caller,
            id.ToString("D"),
            async (scope, provider) =>
            {
                var (row, refusal) = await _writing.CurrentAsync(scope, provider, id, condition);
                if (row is null)
                {
                    return refusal!;
                }

                await ResourceWrites.DeleteAsync(scope, row);
                var name = ResourceDocument.NameOf(type, JsonNode.Parse(row.Doc)!.AsObject());
                await _writing.JournalAsync(scope, caller, JournalKind.ResourceDeleted, row.Id, name, row.Version, row.Version + 1, []);
                return new Completed();
            },
            cancellationToken
        );

    private async Task<ProvisioningOutcome<ProvisioningResult>> UpdateAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        ResourceRow row,
        JsonObject stored,
        ResourceChange wanted
    ) => ResourceDocument.AreEqual(stored, wanted.Document) ? ResultOf(row, wanted) : await WriteAsync(scope, caller, row, stored, wanted);

    /// <param name="before">The resource that changes or comes back; null for a new one.</param>
    private async Task<ProvisioningOutcome<ProvisioningResult>> WriteAsync(
        WriteScope scope,
        ProvisioningCall caller,
        ResourceRow? before,
        JsonObject stored,
        ResourceChange wanted
    )
    {
        if (await UniqueValues.RefuseAsync(scope, type, caller.ProviderId, wanted.Document, before?.Seq) is { } refusal)
        {
            return refusal;
        }

        var content = SearchContent.Of(type, wanted.Document, []);
        var row = before is null
            ? await ResourceWrites.InsertAsync(scope, caller.ProviderId, type.Name, Guid.CreateVersion7(scope.Now), content)
            : await ResourceWrites.UpdateAsync(scope, before, SearchContent.Of(type, stored, [], before.Doc), content);
        var kind =
            before is null ? JournalKind.ResourceCreated
            : before.DeletedAt is null ? JournalKind.ResourceChanged
            : JournalKind.ResourceReturned;
        var name = ResourceDocument.NameOf(type, wanted.Document);
        var changes = DocumentChanges.Between(type, stored, wanted.Document);
        await _writing.JournalAsync(scope, caller, kind, row.Id, name, before?.Version, row.Version, changes);
        return ResultOf(row, wanted);
    }

    private ProvisioningResult ResultOf(ResourceRow row, ResourceChange change) =>
        new(ProvisionedResource.Of(row, type, []), change.Repairs);
}
