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
        var key = TextKey.Of(wanted.UserName);
        if (
            wanted.ExternalId is { } externalId
            && await ResourceReads.ByExternalIdAsync(scope.Statement, provider.Id, type, externalId) is { } same
        )
        {
            return same.Active ? (null, Refusals.ExternalIdTaken(externalId, same.Id)) : (same, null);
        }

        if (await ResourceReads.ByNameAsync(scope.Statement, provider.Id, type, key) is { } named)
        {
            if (named.Active)
            {
                return (null, Refusals.UserNameTaken(wanted.UserName, named.Id));
            }

            return wanted.ExternalId is not null && named.ExternalId is not null
                ? (null, Refusals.UserNameOfInactive(wanted.UserName, named.Id))
                : (named, null);
        }

        var since = scope.Now - MayReturnFor;
        var deleted = wanted.ExternalId is null
            ? null
            : await ResourceReads.DeletedByExternalIdAsync(scope.Statement, provider.Id, type, wanted.ExternalId, since);
        deleted ??= await ResourceReads.DeletedByNameAsync(
            scope.Statement,
            provider.Id,
            type,
            key,
            onlyWithoutExternalId: wanted.ExternalId is not null,
            since
        );
        return (deleted, null);
    }
}
