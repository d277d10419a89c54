using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Provisioning.Preview;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What provisioning clients do to people. Each operation is one write: read, guard, apply, rows, journal, in this order.</summary>
public sealed class UserProvisioning : IResourceProvisioning
{
    private readonly ResourceType _type;
    private readonly ResourceWriting _writing;
    private readonly UserWriter _writer;
    private readonly Sessions _sessions;
    private readonly DepartureWatch _departures;
    private readonly ChangeJournal _journal;

    public UserProvisioning(
        SchemaRegistry schemas,
        IWritePath writePath,
        Sessions sessions,
        DepartureWatch departures,
        Previews previews,
        ChangeJournal journal
    )
    {
        _type = schemas.User;
        _writing = new ResourceWriting(_type, ChangeTopic.Users, writePath, previews, journal) { OfAbsent = AdoptByIdAsync };
        _sessions = sessions;
        _departures = departures;
        _journal = journal;
        _writer = new UserWriter(_type, sessions, journal);
    }

    /// <summary>Creates a person, or takes back one who left: then with the old id, replaced as by PUT.</summary>
    public Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        ProvisioningCall caller,
        DocumentReading reading,
        CancellationToken cancellationToken
    )
    {
        var state = StateOfNew(reading);
        return _writing.RunAsync<ProvisioningResult>(
            caller,
            state.Values.UserName,
            (scope, provider) => CreateAsync(scope, provider, caller, reading, state),
            cancellationToken
        );
    }

    /// <summary>What <see cref="CreateAsync(ProvisioningCall, DocumentReading, CancellationToken)"/> would do inside a write that is taken back.</summary>
    internal Task<ProvisioningOutcome<ProvisioningResult>> TryCreateAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        DocumentReading reading
    ) => CreateAsync(scope, provider, caller, reading, StateOfNew(reading));

    private UserState StateOfNew(DocumentReading reading) => UserState.OfNew(_type, WithActive(reading.Document.DeepClone().AsObject()));

    private async Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        DocumentReading reading,
        UserState state
    )
    {
        var wanted = state.Values;
        if (await provider.IsForeignDomainAsync(scope, EmailDomain.Of(wanted.UserName)))
        {
            return Refusals.UserNameOutside;
        }

        var (returning, refusal) = await SamePerson.FindAsync(scope, provider, wanted);
        if (refusal is not null)
        {
            return refusal;
        }

        if (returning is null)
        {
            return await AdoptableAccount.FindAsync(scope.Statement, provider.Id, wanted.UserName, wanted.Email) is { } account
                ? await AdoptAsync(scope, provider, caller, account, state.Document.DeepClone().AsObject(), reading.Repairs)
                : await WriteAsync(scope, provider, caller, UserWrite.Create, null, null, state, reading.Repairs);
        }

        var stored = JsonNode.Parse(returning.Doc)!.AsObject();
        if (!reading.Replace(stored, _type).TryGet(out var replacement, out var failure))
        {
            return failure;
        }

        // Who is created again is active, unless the request says otherwise.
        var returned = replacement.Document;
        if (!reading.Mentioned.Contains("active"))
        {
            returned.Remove("active");
        }

        return await WriteAsync(
            scope,
            provider,
            caller,
            UserWrite.Return,
            returning,
            UserState.OfStored(_type, stored, returning),
            UserState.Of(_type, WithActive(returned), active: true),
            [.. replacement.Repairs, ResourceWriting.TakenBack]
        );
    }

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

    /// <summary>Hides the person from SCIM and frees the userName; the account stays, inactive and out of every group.</summary>
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
                    return await AdoptableAccount.FindAsync(scope.Statement, provider.Id, id) is { Answer: AdoptionAnswer.Adopt }
                        ? Refusals.NotManagedYet
                        : refusal!;
                }

                var account = await ManagedAccounts.ByIdAsync(scope, id);
                if (account.Kind == AccountKind.SystemAdministrator)
                {
                    return Refusals.Administrator;
                }

                if (row.Active && await _departures.RefuseAsync(scope, provider) is { } held)
                {
                    return ProvisioningOutcome<Completed>.RefusedAndNoted(held);
                }

                await ManagedAccounts.DeleteAsync(scope, id);
                await GrantsOfManaged.LetWaitAsync(scope, id);
                await RefusedDeactivations.ForgetAsync(scope, id);
                await _sessions.EndAllAsync(scope, id);
                var groups = await LeaveGroupsAsync(scope, caller, row, account.Name);
                await ResourceWrites.DeleteAsync(scope, row);
                await _writing.JournalAsync(scope, caller, JournalKind.UserDeleted, id, account.Name, row.Version, row.Version + 1, []);
                if (row.Active)
                {
                    await _departures.NoteAsync(scope, provider, id, groups);
                }

                return new Completed();
            },
            cancellationToken
        );

    /// <summary>A PUT or PATCH of somebody who was found but is kept by hand: it takes the person over, or finds nobody.</summary>
    private async Task<ProvisioningOutcome<ProvisioningResult>?> AdoptByIdAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        Func<JsonObject, ScimOutcome<ResourceChange>> change
    )
    {
        if (await AdoptableAccount.FindAsync(scope.Statement, provider.Id, id) is not { Answer: AdoptionAnswer.Adopt } account)
        {
            return null;
        }

        if (condition?.Holds(new EntityTag(AdoptableAccount.Version)) == false)
        {
            return Refusals.PreconditionFailed(AdoptableAccount.Version);
        }

        return change(account.Document(_type)).TryGet(out var wanted, out var failure)
            ? await AdoptAsync(scope, provider, caller, account, wanted.Document, wanted.Repairs)
            : failure;
    }

    private async Task<ProvisioningOutcome<ProvisioningResult>> AdoptAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        AdoptableAccount account,
        JsonObject wanted,
        IReadOnlyList<Repair> repairs
    )
    {
        switch (account.Answer)
        {
            case AdoptionAnswer.Refuse:
                return Refusals.KeptByHand(account.UserName);
            case AdoptionAnswer.Ask:
                await AdoptionRequests.NoteAsync(scope, caller, account, _journal);
                return ProvisioningOutcome<ProvisioningResult>.RefusedAndNoted(Refusals.WaitsForApproval(account.UserName));
            default:
                var state = UserState.Of(_type, account.Kept(_type, wanted), active: true);
                return (await _writer.AdoptAsync(scope, provider, caller.Origin, account, state)).TryGet(out var row, out var refusal)
                    ? new ProvisioningResult(ProvisionedResource.Of(row, _type, []), repairs)
                    : refusal;
        }
    }

    /// <summary>Answers the keys of the groups.</summary>
    private async Task<IReadOnlyList<long>> LeaveGroupsAsync(WriteScope scope, ProvisioningCall caller, ResourceRow person, string name)
    {
        IReadOnlyList<long> groups = [.. await MemberWrites.RemoveFromAllAsync(scope, person.Seq)];
        foreach (var seq in groups)
        {
            var group = await ResourceWrites.TouchAsync(scope, seq);
            await MemberJournal.AppendAsync(
                _journal,
                scope,
                caller,
                new MemberJournal.Group(group.Id, group.Name, group.Version - 1, group.Version),
                [],
                [person.Id],
                name
            );
        }

        return groups;
    }

    private async Task<ProvisioningOutcome<ProvisioningResult>> UpdateAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        ResourceRow row,
        JsonObject stored,
        ResourceChange wanted
    )
    {
        var document = ResourceDocument.InOrder(_type, wanted.Document);
        if (ResourceDocument.AreEqual(stored, document))
        {
            return await ResultAsync(scope, row, wanted.Repairs);
        }

        // Taking the value of active away is no way to let somebody in again.
        var state = UserState.Of(_type, document, row.Active);
        var leaves = row.Active && !state.Values.Active;
        if (leaves && await _departures.RefuseAsync(scope, provider) is { } held)
        {
            return ProvisioningOutcome<ProvisioningResult>.RefusedAndNoted(held);
        }

        var outcome = await WriteAsync(
            scope,
            provider,
            caller,
            UserWrite.Change,
            row,
            UserState.OfStored(_type, stored, row),
            state,
            wanted.Repairs
        );
        if (leaves && !outcome.IsRefused)
        {
            await _departures.NoteAsync(scope, provider, row.Id, groups: null);
        }

        return outcome;
    }

    private async Task<ProvisioningOutcome<ProvisioningResult>> WriteAsync(
        WriteScope scope,
        ProviderInScope provider,
        ProvisioningCall caller,
        UserWrite write,
        ResourceRow? before,
        UserState? stored,
        UserState wanted,
        IReadOnlyList<Repair> repairs
    ) =>
        !(await _writer.WriteAsync(scope, provider, caller.Origin, write, before, stored, wanted)).TryGet(out var row, out var refusal)
            ? refusal
        // Who is new is in no group yet.
        : write == UserWrite.Create ? new ProvisioningResult(ProvisionedResource.Of(row, _type, []), repairs)
        : await ResultAsync(scope, row, repairs);

    private async Task<ProvisioningResult> ResultAsync(WriteScope scope, ResourceRow row, IReadOnlyList<Repair> repairs)
    {
        var groups = await MemberReads.GroupsOfAsync(scope.Statement, [row.Seq]);
        return new ProvisioningResult(ProvisionedResource.Of(row, _type, groups[row.Seq]), repairs);
    }

    private JsonObject WithActive(JsonObject document)
    {
        document["active"] ??= true;
        return ResourceDocument.InOrder(_type, document);
    }
}
