using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What provisioning clients do to groups and their members. Each operation is one write.</summary>
public sealed class GroupProvisioning(
    SchemaRegistry schemas,
    IWritePath writePath,
    Sessions sessions,
    Previews previews,
    ChangeJournal journal
) : IResourceProvisioning
{
    private readonly ResourceType _type = schemas.Group;
    private readonly UserWriter _people = new(schemas.User, sessions, journal);
    private readonly ResourceWriting _writing = new(schemas.Group, ChangeTopic.Groups, writePath, previews, journal);

    /// <summary>Creates a group. One that was deleted comes back with its id only when its externalId comes back, never by its name.</summary>
    public Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        ProvisioningCall caller,
        DocumentReading reading,
        CancellationToken cancellationToken
    ) =>
        _writing.RunAsync<ProvisioningResult>(
            caller,
            _writing.NameIn(reading.Document),
            async (scope, provider) =>
            {
                var returning = await _writing.ReturningAsync(scope, provider, reading.Document);
                var stored = returning is null ? [] : JsonNode.Parse(returning.Doc)!.AsObject();
                return await WriteAsync(scope, provider, caller, returning, stored, ResourceChange.ByCreating(reading, returning));
            },
            cancellationToken
        );

    public Task<ProvisioningOutcome<ProvisioningResult>> ReplaceAsync(
        ProvisioningCall caller,
        Guid id,
        DocumentReading reading,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) => _writing.ReplaceAsync(caller, id, reading, condition, WriteAsync, cancellationToken);

    public Task<ProvisioningOutcome<ProvisioningResult>> PatchAsync(
        ProvisioningCall caller,
        Guid id,
        PatchRequest request,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    ) => _writing.PatchAsync(caller, id, request, condition, WriteAsync, cancellationToken);

    /// <summary>Hides the group from SCIM, frees its name and lets its members go.</summary>
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

                var membership = MembershipOf(scope, provider, caller, row);
                await membership.ApplyAsync(new MemberChange(MemberChangeKind.Clear, []));
                await JournalMembersAsync(scope, caller, row, row.Version, row.Version + 1, membership);
                await ResourceWrites.DeleteAsync(scope, row);
                await _writing.JournalAsync(scope, caller, JournalKind.GroupDeleted, row.Id, NameOf(row), row.Version, row.Version + 1, []);
                return new Completed();
            },
            cancellationToken
        );

    /// <param name="before">The group that changes or comes back; null for a new one.</param>
    private async Task<ProvisioningOutcome<ProvisioningResult>> WriteAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        ResourceRow? before,
        JsonObject stored,
        ResourceChange wanted
    )
    {
        var isLive = before is { DeletedAt: null };
        var row = before;
        if (!isLive || !ResourceDocument.AreEqual(stored, wanted.Document))
        {
            var name = wanted.Document["displayName"]!.GetValue<string>();
            var key = TextKey.Of(name);
            var other = await ResourceWrites.OtherNamedAsync(scope, provider.Id, _type.Name, key, before?.Seq);
            // Equal names may stand from a time when they were allowed; who keeps such a name can be changed all the same.
            var keepsName = isLive && TextKey.Of(stored["displayName"]!.GetValue<string>()) == key;
            if (other is { } holder && !keepsName && !provider.AllowsEqualGroupNames)
            {
                return Refusals.GroupNameTaken(name, holder);
            }

            if (await UniqueValues.RefuseAsync(scope, _type, provider.Id, wanted.Document, before?.Seq) is { } taken)
            {
                return taken;
            }

            // Whether the key is this group's depends on the others, so it is written again.
            var content = SearchContent.Of(_type, wanted.Document, other is null ? [new UniqueKey(SearchContent.GroupName, key)] : []);
            row = before is null
                ? await ResourceWrites.InsertAsync(scope, provider.Id, _type.Name, Guid.CreateVersion7(scope.Now), content)
                : await ResourceWrites.UpdateAsync(scope, before, held: null, content);
            var kind =
                before is null ? JournalKind.GroupCreated
                : isLive ? JournalKind.GroupChanged
                : JournalKind.GroupReturned;
            await _writing.JournalAsync(
                scope,
                caller,
                kind,
                row.Id,
                name,
                before?.Version,
                row.Version,
                DocumentChanges.Between(_type, stored, wanted.Document)
            );
        }

        var current = row!;
        var membership = MembershipOf(scope, provider, caller, current);
        foreach (var step in wanted.Members)
        {
            if (await membership.ApplyAsync(step) is { } refusal)
            {
                return refusal;
            }
        }

        if (membership.IsChanged && ReferenceEquals(current, before))
        {
            var (_, _, version) = await ResourceWrites.TouchAsync(scope, current.Seq);
            current = current with { Version = version, Modified = scope.Now };
        }

        await JournalMembersAsync(scope, caller, current, before?.Version, current.Version, membership);
        return new ProvisioningResult(ProvisionedResource.Of(current, _type, []), wanted.Repairs);
    }

    private GroupMembership MembershipOf(WriteScope scope, ProviderInScope provider, ProvisioningCall caller, ResourceRow row) =>
        new(scope, provider.Id, row.Seq, ids => AdoptAsync(scope, provider, caller, ids));

    /// <summary>Who was found but is kept by hand is taken over by becoming a member, as by an update.</summary>
    private async Task<IReadOnlyDictionary<Guid, long>> AdoptAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        IReadOnlyCollection<Guid> ids
    )
    {
        var adopted = new Dictionary<Guid, long>();
        foreach (var id in await AdoptableAccount.KeptByHandAsync(scope.Statement, ids))
        {
            if (await AdoptableAccount.FindAsync(scope.Statement, provider.Id, id) is not { Answer: AdoptionAnswer.Adopt } account)
            {
                continue;
            }

            var state = UserState.Of(schemas.User, account.Document(schemas.User), active: true);
            if ((await _people.AdoptAsync(scope, provider, caller.Origin, account, state)).TryGet(out var row, out _))
            {
                adopted[id] = row.Seq;
            }
        }

        return adopted;
    }

    private async Task JournalMembersAsync(
        WriteScope scope,
        ProvisioningCall caller,
        ResourceRow row,
        long? before,
        long after,
        GroupMembership membership
    )
    {
        if (membership.IsChanged)
        {
            await MemberJournal.AppendAsync(
                journal,
                scope,
                caller,
                new MemberJournal.Group(row.Id, NameOf(row), before, after),
                await membership.AddedAsync(),
                await membership.RemovedAsync(),
                await membership.OnlyNameAsync()
            );
        }
    }

    private static string NameOf(ResourceRow row) => JsonNode.Parse(row.Doc)?["displayName"]?.GetValue<string>() ?? "";
}
