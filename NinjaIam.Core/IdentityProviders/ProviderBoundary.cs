using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>What a provider's tokens may do, as the process remembers it for every request.</summary>
public sealed record ProviderBoundary(
    Guid Id,
    string UniqueIdentifier,
    string DisplayName,
    bool ScimEnabled,
    bool AllOrganizations,
    IReadOnlySet<int> Organizations,
    int? DefaultOrganizationId,
    bool MayCreateTechnicians,
    bool AllowsEqualGroupNames,
    IReadOnlySet<string> Domains
);

/// <summary>Every provider's boundary, in memory, and which provider claims which domain.</summary>
public sealed class ProviderRegister(IDbContextFactory<NinjaIamDbContext> databases, ILogger<ProviderRegister> logger)
    : Remembered(Storage.Concern.Providers, logger)
{
    private Snapshot _snapshot = new([], [], []);

    public ProviderBoundary? Find(Guid id) => _snapshot.ById.GetValueOrDefault(id);

    public ProviderBoundary? Find(string uniqueIdentifier) => _snapshot.ByIdentifier.GetValueOrDefault(uniqueIdentifier);

    /// <summary>The provider that claims an email domain (lower case, ASCII form), or null.</summary>
    public ProviderBoundary? OwnerOf(string domain) => _snapshot.ByDomain.GetValueOrDefault(domain);

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var organizations = (await database.ProviderOrganizations.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(
            row => row.ProviderId,
            row => row.OrganizationId
        );
        var domains = (await database.ProviderDomains.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(
            row => row.ProviderId,
            row => row.Domain
        );
        var boundaries = (await database.IdentityProviders.AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(
            provider => new ProviderBoundary(
                provider.Id,
                provider.UniqueIdentifier,
                provider.DisplayName,
                provider.ScimEnabled,
                provider.AllOrganizations,
                organizations[provider.Id].ToHashSet(),
                provider.DefaultOrganizationId,
                provider.MayCreateTechnicians,
                provider.AllowsEqualGroupNames,
                domains[provider.Id].ToHashSet(StringComparer.Ordinal)
            )
        );
        _snapshot = new Snapshot(
            boundaries.ToDictionary(boundary => boundary.Id),
            boundaries.ToDictionary(boundary => boundary.UniqueIdentifier, StringComparer.Ordinal),
            boundaries
                .SelectMany(boundary => boundary.Domains.Select(domain => (domain, boundary)))
                .ToDictionary(pair => pair.domain, pair => pair.boundary, StringComparer.Ordinal)
        );
    }

    private sealed record Snapshot(
        Dictionary<Guid, ProviderBoundary> ById,
        Dictionary<string, ProviderBoundary> ByIdentifier,
        Dictionary<string, ProviderBoundary> ByDomain
    );
}
