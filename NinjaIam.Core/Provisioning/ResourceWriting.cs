using System.Text.Json.Nodes;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>Stores what a request makes of a live resource.</summary>
/// <param name="row">The resource as it is.</param>
/// <param name="stored">Its document.</param>
internal delegate Task<ProvisioningOutcome<ProvisioningResult>> ResourceUpdate(
    WriteScope scope,
    ProviderInScope provider,
    ProvisioningCall caller,
    ResourceRow row,
    JsonObject stored,
    ResourceChange wanted
);

/// <summary>What a change does of a resource that there is not; null when that is all there is to say.</summary>
internal delegate Task<ProvisioningOutcome<ProvisioningResult>?> AbsentResourceUpdate(
    WriteScope scope,
    ProviderInScope provider,
    ProvisioningCall caller,
    Guid id,
    EntityTagCondition? condition,
    Func<JsonObject, ScimOutcome<ResourceChange>> change
);

/// <summary>
/// What the writes of every resource type have in common: they begin with the provider and the resource as they are inside the write, and
/// end in the journal.
/// </summary>
/// <param name="topic">What pages are told has changed.</param>
internal sealed class ResourceWriting(ResourceType type, ChangeTopic topic, IWritePath writePath, Previews previews, ChangeJournal journal)
{
    /// <summary>What a change may do of somebody who is no resource yet; null where that can't be.</summary>
    public AbsentResourceUpdate? OfAbsent { get; init; }

    /// <summary>
    /// Runs one write of a provider that may still write. While the provider is in preview, what it would do is found out and nothing of it
    /// remains.
    /// </summary>
    /// <param name="target">What the request names: the name in a POST, else the id.</param>
    public async Task<ProvisioningOutcome<T>> RunAsync<T>(
        ProvisioningCall caller,
        string target,
        Func<WriteScope, ProviderInScope, Task<ProvisioningOutcome<T>>> work,
        CancellationToken cancellationToken
    )
        where T : notnull
    {
        IReadOnlyList<PreviewFinding> findings = [];
        var outcome = await caller.WriteAsync(
            writePath,
            async scope =>
                await ProviderInScope.LoadAsync(scope, caller) switch
                {
                    null => Refusals.Unauthorized,
                    // It came before the pause and waited until after its beginning.
                    { IsPaused: true } => Refusals.Paused,
                    { IsPreview: true } provider => await EvaluateAsync(scope, provider),
                    { } provider => await work(scope, provider),
                },
            cancellationToken
        );
        if (findings.Count > 0 && caller.Scope is null)
        {
            await previews.StoreAsync(caller.ProviderId, findings);
        }

        return outcome;

        async Task<ProvisioningOutcome<T>> EvaluateAsync(WriteScope scope, ProviderInScope provider)
        {
            var since = await PreviewWrites.BeginAsync(scope);
            if (!(await work(scope, provider)).TryGet(out _, out var refusal))
            {
                return refusal;
            }

            findings = await PreviewWrites.OfDoneAsync(scope, provider.Id, since, target);
            return Refusals.Preview;
        }
    }

    /// <summary>How a request that creates something names it.</summary>
    public string NameIn(JsonObject document) =>
        (type.NameAttribute is { } name ? document[name.Name]?.GetValue<string>() : null)
        ?? document[CommonAttributes.ExternalId.Name]?.GetValue<string>()
        ?? "";

    public Task<ProvisioningOutcome<ProvisioningResult>> ReplaceAsync(
        ProvisioningCall caller,
        Guid id,
        DocumentReading reading,
        EntityTagCondition? condition,
        ResourceUpdate update,
        CancellationToken cancellationToken
    ) => ChangeAsync(caller, id, condition, stored => ResourceChange.ByReplacing(reading, type, stored), update, cancellationToken);

    public Task<ProvisioningOutcome<ProvisioningResult>> PatchAsync(
        ProvisioningCall caller,
        Guid id,
        PatchRequest request,
        EntityTagCondition? condition,
        ResourceUpdate update,
        CancellationToken cancellationToken
    ) => ChangeAsync(caller, id, condition, stored => ResourceChange.ByPatching(request, type, id, stored), update, cancellationToken);

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
    public async Task<ResourceRow?> ReturningAsync(WriteScope scope, ProviderInScope provider, JsonObject document)
    {
        if (document[CommonAttributes.ExternalId.Name]?.GetValue<string>() is not { } externalId)
        {
            return null;
        }

        var since = scope.Now - SamePerson.MayReturnFor;
        var last = await ResourceReads.LastByExternalIdAsync(scope.Statement, provider.Id, type.Name, externalId, since);
        return last is { DeletedAt: null } ? null : last;
    }

    /// <param name="name">What people call the resource.</param>
    public Task JournalAsync(
        WriteScope scope,
        ProvisioningCall caller,
        string kind,
        Guid id,
        string? name,
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
                Subject = name,
                VersionBefore = before,
                VersionAfter = after,
                Changes = changes,
            },
            topic
        );

    private Task<ProvisioningOutcome<ProvisioningResult>> ChangeAsync(
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        Func<JsonObject, ScimOutcome<ResourceChange>> change,
        ResourceUpdate update,
        CancellationToken cancellationToken
    ) =>
        RunAsync<ProvisioningResult>(
            caller,
            id.ToString("D"),
            async (scope, provider) =>
            {
                var (row, refusal) = await CurrentAsync(scope, provider, id, condition);
                if (row is null)
                {
                    return OfAbsent is null ? refusal! : await OfAbsent(scope, provider, caller, id, condition, change) ?? refusal!;
                }

                var stored = JsonNode.Parse(row.Doc)!.AsObject();
                return change(stored).TryGet(out var wanted, out var failure)
                    ? await update(scope, provider, caller, row, stored, wanted)
                    : failure;
            },
            cancellationToken
        );
}
