using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>Why a person is written: it decides what is checked again and what the journal calls it.</summary>
internal enum UserWrite
{
    Create,
    Change,
    Return,
}

/// <summary>The one place that writes a managed person: the account row and the resource row, in one operation.</summary>
internal sealed class UserWriter(ResourceType type, Sessions sessions, ChangeJournal journal)
{
    /// <param name="before">The resource as it is, or null for somebody new.</param>
    /// <param name="stored">Its state, where there is one.</param>
    /// <param name="wanted">The new state; for somebody new made by <see cref="UserState.OfNew"/>.</param>
    public async Task<ProvisioningOutcome<ResourceRow>> WriteAsync(
        WriteScope scope,
        ProviderInScope provider,
        Origin origin,
        UserWrite write,
        ResourceRow? before,
        UserState? stored,
        UserState wanted
    )
    {
        var (values, names) = (wanted.Values, wanted.Names);
        var account = before is null ? null : await ManagedAccounts.ByIdAsync(scope, before.Id);
        if (account is { Kind: AccountKind.SystemAdministrator })
        {
            return write == UserWrite.Change ? Refusals.Administrator : Refusals.KeptByHand(values.UserName);
        }

        var refusal =
            await RefuseNamesAsync(scope, provider, write, before, account, values)
            ?? await UniqueValues.RefuseAsync(scope, type, provider.Id, wanted.Document, before?.Seq);
        if (refusal is not null)
        {
            return refusal;
        }

        // What was accepted once is not judged again, or a narrowed boundary would stand in the way of a deactivation.
        var kindIsSent = values.Kind is not null && (write != UserWrite.Change || values.Kind != stored?.Values.Kind);
        if (kindIsSent && values.Kind == AccountKind.Technician && !provider.MayCreateTechnicians)
        {
            return Refusals.TechnicianNotAllowed;
        }

        Placement? placement = null;
        var placementIsSent = !string.IsNullOrWhiteSpace(values.OrganizationId) && write == UserWrite.Return;
        if (write == UserWrite.Create || placementIsSent || values.OrganizationId != stored?.Values.OrganizationId)
        {
            var read = await Placement.ReadAsync(scope, provider, values.OrganizationId);
            if (!read.TryGet(out placement, out var refused))
            {
                return refused;
            }
        }

        var id = account?.Id ?? Guid.CreateVersion7(scope.Now);
        var kind = kindIsSent ? values.Kind : null;
        if (account is null)
        {
            await ManagedAccounts.InsertAsync(scope, id, provider.Id, kind ?? AccountKind.EndUser, placement!.All, names);
        }
        else
        {
            await ManagedAccounts.UpdateAsync(scope, id, names, kind, placement?.All);
        }

        var taken =
            account is not null && kind is { } changed && changed != account.Kind
                ? await GrantsOfManaged.TakeOtherKindsAsync(scope, id, changed)
                : [];
        if (placement is not null)
        {
            await ManagedAccounts.PlaceAsync(scope, id, placement.Organizations, isNew: account is null);
        }

        if (!names.Active && account is not null)
        {
            await sessions.EndAllAsync(scope, id);
            await RefusedDeactivations.ForgetAsync(scope, id);
        }

        var after = before is null
            ? await ResourceWrites.InsertAsync(scope, provider.Id, type.Name, id, wanted.Content)
            : await ResourceWrites.UpdateAsync(scope, before, stored!.Content, wanted.Content);
        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(KindOf(write, before, after))
            {
                ProviderId = provider.Id,
                ResourceType = type.Name,
                ResourceId = id.ToString("D"),
                Subject = names.Name,
                VersionBefore = before?.Version,
                VersionAfter = after.Version,
                Changes =
                [
                    .. stored is null ? wanted.AllValues : DocumentChanges.Between(type, stored.Document, wanted.Document),
                    .. taken.Select(role => new ChangedValue("role", role, null)),
                ],
            },
            ChangeTopic.Users
        );
        return after;
    }

    /// <summary>
    /// Takes over somebody who was kept by hand: the resource is written under the id of the account, and everything the person signed in
    /// with ends.
    /// </summary>
    /// <param name="wanted">Made of a document that <see cref="AdoptableAccount.Kept"/> has looked at.</param>
    public async Task<ProvisioningOutcome<ResourceRow>> AdoptAsync(
        WriteScope scope,
        ProviderInScope provider,
        Origin origin,
        AdoptableAccount account,
        UserState wanted
    )
    {
        var refusal =
            await RefuseExternalIdAsync(scope, provider, null, wanted.Values)
            ?? await UniqueValues.RefuseAsync(scope, type, provider.Id, wanted.Document, seq: null);
        if (refusal is not null)
        {
            return refusal;
        }

        await ManagedAccounts.AdoptAsync(scope, account.Id, provider.Id, wanted.Names);
        await AdoptionRequests.ForgetAsync(scope, account.Id);
        await sessions.EndAllAsync(scope, account.Id);
        var after = await ResourceWrites.InsertAsync(scope, provider.Id, type.Name, account.Id, wanted.Content);
        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(JournalKind.UserAdopted)
            {
                ProviderId = provider.Id,
                ResourceType = type.Name,
                ResourceId = account.Id.ToString("D"),
                Subject = wanted.Names.Name,
                VersionAfter = after.Version,
                Changes = DocumentChanges.Between(type, [], wanted.Document),
            },
            ChangeTopic.Users
        );
        return after;
    }

    /// <summary>Whether userName and externalId are free for this person.</summary>
    private static async Task<ScimError?> RefuseNamesAsync(
        WriteScope scope,
        ProviderInScope provider,
        UserWrite write,
        ResourceRow? before,
        AccountState? account,
        UserProjection wanted
    )
    {
        var key = TextKey.Of(wanted.UserName);
        // Whoever is created was looked at before it was decided that it is somebody new.
        var isNew = write != UserWrite.Change || key != before?.NameKey;
        if (isNew && write == UserWrite.Change && await provider.IsForeignDomainAsync(scope, EmailDomain.Of(wanted.UserName)))
        {
            return Refusals.UserNameOutside;
        }

        // While SCIM was off, the portal may have given the person another name, and this one to somebody else.
        if ((isNew || key != account?.NameKey) && await ManagedAccounts.ByNameAsync(scope, key) is { } holder && holder.Id != before?.Id)
        {
            return holder.ProviderId is null || holder.Kind == AccountKind.SystemAdministrator ? Refusals.KeptByHand(wanted.UserName)
                : holder.ProviderId == provider.Id ? Refusals.UserNameTaken(wanted.UserName, holder.Id)
                : Refusals.UserNameOutside;
        }

        return write == UserWrite.Create ? null : await RefuseExternalIdAsync(scope, provider, before, wanted);
    }

    private static async Task<ScimError?> RefuseExternalIdAsync(
        WriteScope scope,
        ProviderInScope provider,
        ResourceRow? before,
        UserProjection wanted
    ) =>
        wanted.ExternalId is { } externalId
        && await ResourceWrites.HolderAsync(scope, provider.Id, new UniqueKey(SearchContent.UserExternalId, externalId)) is { } other
        && other.Seq != before?.Seq
            ? Refusals.ExternalIdTaken(externalId, other.Id)
            : null;

    private static string KindOf(UserWrite write, ResourceRow? before, ResourceRow after) =>
        write switch
        {
            UserWrite.Create => JournalKind.UserCreated,
            UserWrite.Return => JournalKind.UserReturned,
            _ when before!.Active && !after.Active => JournalKind.UserDeactivated,
            _ when !before!.Active && after.Active => JournalKind.UserActivated,
            _ => JournalKind.UserChanged,
        };
}
