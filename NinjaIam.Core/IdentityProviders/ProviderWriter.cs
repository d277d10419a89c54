using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Writes the rows that belong to a provider, for Add provider and for later changes alike.</summary>
internal static class ProviderWriter
{
    public static async Task WriteInputAsync(WriteScope scope, IdentityProvider provider, ProviderInput input)
    {
        provider.Vendor = input.Vendor!.Value;
        provider.DisplayName = input.DisplayName.Trim();
        provider.NormalizedDisplayName = TextKey.Of(provider.DisplayName);
        provider.AllOrganizations = input.AllOrganizations;
        provider.DefaultOrganizationId = input.DefaultOrganizationId;
        provider.MayCreateTechnicians = input.MayCreateTechnicians;
        provider.AllowsEqualGroupNames = input.AllowsEqualGroupNames;
        provider.AdoptionPolicy = input.AdoptionPolicy;
        provider.HoldsMassDepartures = input.HoldsMassDepartures;

        // Domains and organizations are rows of their own; a change of those alone must be noticed as well.
        provider.ConcurrencyStamp = Guid.NewGuid().ToString();
        await scope.Database.SaveChangesAsync(CancellationToken.None);

        var id = provider.Id;
        var required = await scope
            .Database.ProviderDomains.Where(row => row.ProviderId == id && row.RequiresSingleSignOn)
            .Select(row => row.Domain)
            .ToListAsync(CancellationToken.None);
        await scope.Database.ProviderDomains.Where(row => row.ProviderId == id).ExecuteDeleteAsync(CancellationToken.None);
        await scope.Database.ProviderOrganizations.Where(row => row.ProviderId == id).ExecuteDeleteAsync(CancellationToken.None);
        scope.Database.ChangeTracker.Clear();
        scope.Database.ProviderDomains.AddRange(
            input
                .Domains.Distinct(StringComparer.Ordinal)
                .Select(
                    (domain, ordinal) =>
                        new ProviderDomain
                        {
                            Domain = domain,
                            ProviderId = id,
                            Ordinal = ordinal,
                            RequiresSingleSignOn = required.Contains(domain),
                        }
                )
        );
        if (!input.AllOrganizations)
        {
            scope.Database.ProviderOrganizations.AddRange(
                input
                    .OrganizationIds.Distinct()
                    .Select(organization => new ProviderOrganization { ProviderId = id, OrganizationId = organization })
            );
        }

        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await scope.TouchAsync(Concern.Providers);
    }

    /// <summary>Replaces the metadata. What was found out about the one before, and waits for a decision, is gone with it.</summary>
    public static async Task WriteMetadataAsync(WriteScope scope, Guid providerId, ImportedMetadata metadata)
    {
        var provider = await scope.Database.IdentityProviders.SingleAsync(row => row.Id == providerId, CancellationToken.None);
        provider.Saml = new SamlSettings
        {
            EntityId = metadata.EntityId,
            SignInUrl = metadata.SignInUrl,
            SignInBinding = metadata.SignInBinding,
            WantsSignedRequests = metadata.WantsSignedRequests,
            MetadataUrl = metadata.Url,
            ImportedAt = scope.Now,
        };
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await scope.Database.MetadataRefreshes.Where(row => row.ProviderId == providerId).ExecuteDeleteAsync(CancellationToken.None);
        await scope.Database.SigningCertificates.Where(row => row.ProviderId == providerId).ExecuteDeleteAsync(CancellationToken.None);
        scope.Database.SigningCertificates.AddRange(
            metadata
                .ReadCertificates()
                .Select(certificate => new SigningCertificate
                {
                    ProviderId = providerId,
                    Fingerprint = certificate.Fingerprint,
                    Subject = certificate.Subject,
                    NotBefore = certificate.NotBefore,
                    NotAfter = certificate.NotAfter,
                    Der = certificate.Der.ToArray(),
                })
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
    }

    public static JournalEntry EntryOf(string kind, IdentityProvider provider, IReadOnlyList<ChangedValue> changes) =>
        new(kind)
        {
            ProviderId = provider.Id,
            ResourceType = "Provider",
            ResourceId = provider.UniqueIdentifier,
            Subject = provider.DisplayName,
            Changes = changes,
        };
}
