using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Reads how far the setup of a provider is. Nothing is kept for it: each step is read from what stands in the database, so that undoing a
/// step takes its mark away.
/// </summary>
public sealed class SetupChecklists(IDbContextFactory<NinjaIamDbContext> databases, TokenUsage usage, TimeProvider clock)
{
    /// <summary>The checklist of one provider, or null when there is no such provider.</summary>
    public async Task<SetupChecklist?> FindAsync(Actor actor, Guid providerId, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (tokens, resources, mappings) = (database.ScimTokens, database.Resources, database.RoleMappings);
        var found = await database
            .IdentityProviders.AsNoTracking()
            .Where(provider => provider.Id == providerId)
            .Select(provider => new
            {
                provider.Vendor,
                SamlAt = (DateTimeOffset?)provider.Saml!.ImportedAt,
                provider.ScimEnabled,
                provider.ScimFirstEnabledAt,
                TokenAt = tokens
                    .Where(token => token.ProviderId == providerId && token.RevokedAt == null && token.ExpiresAt > now)
                    .Min(token => (DateTimeOffset?)token.CreatedAt),
                RequestAt = tokens.Where(token => token.ProviderId == providerId).Min(token => token.FirstUsedAt),
                UserAt = resources
                    .Where(row => row.Provider == providerId && row.Type == "User" && row.DeletedAt == null)
                    .OrderBy(row => row.Seq)
                    .Select(row => (DateTimeOffset?)row.Created)
                    .FirstOrDefault(),
                GroupAt = resources
                    .Where(row => row.Provider == providerId && row.Type == "Group" && row.DeletedAt == null)
                    .OrderBy(row => row.Seq)
                    .Select(row => (DateTimeOffset?)row.Created)
                    .FirstOrDefault(),
                MappingAt = mappings.Where(mapping => mapping.ProviderId == providerId).Min(mapping => (DateTimeOffset?)mapping.CreatedAt),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        List<SetupMark> marks =
        [
            new(SetupStep.SamlSettings, found.SamlAt),
            new(SetupStep.ScimEnabled, found.ScimEnabled ? found.ScimFirstEnabledAt : null),
            new(SetupStep.TokenCreated, found.TokenAt),
            // A first request is known here a moment before it is written.
            new(SetupStep.FirstRequest, found.RequestAt ?? usage.LastRequest(providerId)),
            new(SetupStep.FirstUser, found.UserAt),
        ];
        if (VendorCatalog.Of(found.Vendor).PushesGroups || found.GroupAt is not null)
        {
            marks.Add(new(SetupStep.FirstGroup, found.GroupAt));
        }

        marks.Add(new(SetupStep.FirstRoleMapping, found.MappingAt));
        return new SetupChecklist(marks);
    }
}
