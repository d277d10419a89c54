using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// Finds out who a POST is about. The same person has the same externalId; where either side has none, the same userName.
/// </summary>
internal static class SamePerson
{
    /// <summary>How long after its deletion a resource comes back with its id.</summary>
    public static readonly TimeSpan MayReturnFor = TimeSpan.FromDays(30);

    /// <summary>The person who returns, or null for somebody new; refused when the person, or somebody of that userName, is here already.</summary>
    public static async Task<(ResourceRow? Returning, ScimError? Refusal)> FindAsync(
        WriteScope scope,
        ProviderInScope provider,
        UserProjection wanted
    )
    {
        var type = BuiltInResourceTypes.User.Name;
        var since = scope.Now - MayReturnFor;
        var same = wanted.ExternalId is { } externalId
            ? await ResourceReads.LastByExternalIdAsync(scope.Statement, provider.Id, type, externalId, since)
            : null;
        if (same is { DeletedAt: null })
        {
            return same.Active ? (null, Refusals.ExternalIdTaken(same.ExternalId!, same.Id)) : (same, null);
        }

        var named = await ResourceReads.LastByNameAsync(
            scope.Statement,
            provider.Id,
            type,
            TextKey.Of(wanted.UserName),
            onlyDeletedWithoutExternalId: wanted.ExternalId is not null,
            since
        );
        if (named is not { DeletedAt: null })
        {
            return (same ?? named, null);
        }

        if (named.Active)
        {
            return (null, Refusals.UserNameTaken(wanted.UserName, named.Id));
        }

        return wanted.ExternalId is not null && named.ExternalId is not null
            ? (null, Refusals.UserNameOfInactive(wanted.UserName, named.Id))
            : (named, null);
    }
}
