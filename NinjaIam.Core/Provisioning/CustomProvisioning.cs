using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What provisioning clients do to the resources of a type that definitions define. Each operation is one write.</summary>
internal sealed class CustomProvisioning(ResourceType type, IWritePath writePath, ChangeJournal journal) : IResourceProvisioning
{
    private readonly ResourceWriting _writing = new(type, writePath);

    /// <summary>Creates a resource. One that was deleted comes back with its id when its externalId comes back.</summary>
    public Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        ProvisioningCall caller,
        DocumentReading reading,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync(
            caller,
            async (scope, provider) =>
            {
                var externalId = reading.Document[CommonAttributes.ExternalId.Name]?.GetValue<string>();
                var returning = await _writing.ReturningAsync(scope, provider, externalId);
                var kind = returning is null ? JournalKind.ResourceCreated : JournalKind.ResourceReturned;
                var repairs = returning is null ? reading.Repairs : [.. reading.Repairs, ResourceWriting.TakenBack];
                return await WriteAsync(scope, caller, returning, new Changed(reading.Document, repairs), kind);
            },
            cancellationToken
        );

    public Task<ProvisioningOutcome<ProvisioningResult>> ReplaceAsync(
        ProvisioningCall caller,
        Guid id,
        DocumentReading reading,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            caller,
            id,
            condition,
            stored =>
                reading.Replace(stored, type).Match<ScimOutcome<Changed>>(done => new Changed(done.Document, done.Repairs), error => error),
            cancellationToken
        );

    public Task<ProvisioningOutcome<ProvisioningResult>> PatchAsync(
        ProvisioningCall caller,
        Guid id,
        PatchRequest request,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            caller,
            id,
            condition,
            stored =>
                PatchApplier
                    .Apply(request, type, id.ToString("D"), stored)
                    .Match<ScimOutcome<Changed>>(done => new Changed(done.Document, done.Repairs), error => error),
            cancellationToken
        );

    /// <summary>Hides the resource from SCIM and frees its unique values.</summary>
    public Task<ProvisioningOutcome<Completed>> DeleteAsync(
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync<Completed>(
            caller,
            async (scope, provider) =>
            {
                var (row, refusal) = await _writing.CurrentAsync(scope, provider, id, condition);
                if (row is null)
                {
                    return refusal!;
                }

                await ResourceWrites.DeleteAsync(scope, row);
                var document = JsonNode.Parse(row.Doc)!.AsObject();
                await AppendAsync(scope, caller, JournalKind.ResourceDeleted, row.Id, document, row.Version, row.Version + 1, []);
                return new Completed();
            },
            cancellationToken
        );

    private Task<ProvisioningOutcome<ProvisioningResult>> ChangeAsync(
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        Func<JsonObject, ScimOutcome<Changed>> change,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync<ProvisioningResult>(
            caller,
            async (scope, provider) =>
            {
                var (row, refusal) = await _writing.CurrentAsync(scope, provider, id, condition);
                if (row is null)
                {
                    return refusal!;
                }

                var stored = JsonNode.Parse(row.Doc)!.AsObject();
                if (!change(stored).TryGet(out var changed, out var failure))
                {
                    return failure;
                }

                return ResourceDocument.AreEqual(stored, changed.Document)
                    ? ResultOf(row, changed)
                    : await WriteAsync(scope, caller, row, changed, JournalKind.ResourceChanged);
            },
            cancellationToken
        );

    private async Task<ProvisioningOutcome<ProvisioningResult>> WriteAsync(
        WriteScope scope,
        ProvisioningCall caller,
        ResourceRow? before,
        Changed changed,
        string kind
    )
    {
        if (await UniqueValues.RefuseAsync(scope, type, caller.ProviderId, changed.Document, before?.Seq) is { } refusal)
        {
            return refusal;
        }

        var stored = before is null ? [] : JsonNode.Parse(before.Doc)!.AsObject();
        var content = SearchContent.Of(type, changed.Document, []);
        var row = before is null
            ? await ResourceWrites.InsertAsync(scope, caller.ProviderId, type.Name, Guid.CreateVersion7(scope.Now), content)
            : await ResourceWrites.UpdateAsync(scope, before, SearchContent.Of(type, stored, []), content);
        var changes = DocumentChanges.Between(type, stored, changed.Document);
        await AppendAsync(scope, caller, kind, row.Id, changed.Document, before?.Version, row.Version, changes);
        return ResultOf(row, changed);
    }

    private Task AppendAsync(
        WriteScope scope,
        ProvisioningCall caller,
        string kind,
        Guid id,
        JsonObject document,
        long? before,
        long after,
        IReadOnlyList<ChangedValue> changes
    ) =>
        journal.AppendAsync(
            scope,
            caller.Origin,
            new JournalEntry(kind)
            {
                ProviderId = caller.ProviderId,
                ResourceType = type.Name,
                ResourceId = id.ToString("D"),
                Subject = ResourceDocument.NameOf(type, document),
                VersionBefore = before,
                VersionAfter = after,
                Changes = changes,
            },
            ChangeTopic.Resources
        );

    private ProvisioningResult ResultOf(ResourceRow row, Changed changed) => new(ProvisionedResource.Of(row, type, []), changed.Repairs);

    private sealed record Changed(JsonObject Document, IReadOnlyList<Repair> Repairs);
}
