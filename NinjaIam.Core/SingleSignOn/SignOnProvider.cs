using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>A provider as signing in by it needs it.</summary>
/// <param name="EntityId">Our entity ID towards it.</param>
/// <param name="ReplyUrl">Where it sends its responses to sign-ins that begin at the host it was looked up for.</param>
/// <param name="Saml">What its metadata said; null before an import.</param>
/// <param name="IsEnabled">Whether people may sign in by it now. A test of the connection needs only <paramref name="IsOn"/>.</param>
/// <param name="IsOn">False while the whole provider is disabled.</param>
public sealed record SignOnProvider(
    Guid Id,
    string UniqueIdentifier,
    string DisplayName,
    string EntityId,
    string ReplyUrl,
    SamlSettings? Saml,
    IReadOnlyList<SigningCertificate> Certificates,
    bool IsEnabled,
    bool IsOn,
    bool AllowsUnsolicited,
    string? UserNameAttribute,
    TimeSpan Skew
)
{
    /// <summary>By what it says that it asked for a second factor: as saved, or the vendor's own; null when nobody knows.</summary>
    public SecondFactorClaim? SecondFactor { get; init; }
}

/// <summary>Reads providers for signing in.</summary>
public sealed class SignOnProviders(IDbContextFactory<NinjaIamDbContext> databases, PortalAddress address)
{
    /// <summary>One provider by its unique identifier, or null.</summary>
    /// <param name="host">The Host header of the request, which chooses among the configured addresses and means nothing otherwise.</param>
    public async Task<SignOnProvider?> FindAsync(string uniqueIdentifier, string? host, CancellationToken cancellationToken)
    {
        if (!UniqueIdentifier.IsWellFormed(uniqueIdentifier))
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database
            .IdentityProviders.AsNoTracking()
            .SingleOrDefaultAsync(provider => provider.UniqueIdentifier == uniqueIdentifier, cancellationToken);
        return row is null ? null : await OfAsync(database, row, host, cancellationToken);
    }

    /// <summary>Our entity ID towards a provider or a draft of one, or null when there is neither; before the save a console already needs it.</summary>
    public async Task<string?> EntityIdAsync(string uniqueIdentifier, CancellationToken cancellationToken)
    {
        if (!UniqueIdentifier.IsWellFormed(uniqueIdentifier))
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var stored = await database
            .IdentityProviders.Where(provider => provider.UniqueIdentifier == uniqueIdentifier)
            .Select(provider => provider.EntityId)
            .SingleOrDefaultAsync(cancellationToken);
        return
            stored is null && await database.ProviderDrafts.AnyAsync(draft => draft.UniqueIdentifier == uniqueIdentifier, cancellationToken)
            ? address.EntityId(uniqueIdentifier)
            : stored;
    }

    /// <summary>Whether people sign in by any provider.</summary>
    public async Task<bool> AnyEnabledAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await SignOnRows.Enabled(database).AnyAsync(cancellationToken);
    }

    /// <summary>
    /// Who signs people of an email address in: the provider with exactly its domain, else the default one; null when that is nobody. Whether
    /// anybody has the address makes no difference.
    /// </summary>
    public async Task<string?> ForEmailAsync(string email, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (EmailDomain.Of(email) is { } domain)
        {
            var owners = database.ProviderDomains.Where(row => row.Domain == domain).Select(row => row.ProviderId);
            if (await owners.AnyAsync(cancellationToken))
            {
                // A domain that has its provider is nobody else's, also while that one signs nobody in.
                return await SignOnRows
                    .Enabled(database)
                    .Where(provider => owners.Contains(provider.Id))
                    .Select(provider => provider.UniqueIdentifier)
                    .SingleOrDefaultAsync(cancellationToken);
            }
        }

        return await SignOnRows
            .Enabled(database)
            .Where(provider => provider.IsDefaultForSignIn)
            .Select(provider => provider.UniqueIdentifier)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<SignOnProvider> OfAsync(
        NinjaIamDbContext database,
        IdentityProvider row,
        string? host,
        CancellationToken cancellationToken
    ) =>
        new(
            row.Id,
            row.UniqueIdentifier,
            row.DisplayName,
            row.EntityId,
            address.ReplyUrlAt(host, row.UniqueIdentifier),
            row.Saml,
            await database
                .SigningCertificates.AsNoTracking()
                .Where(certificate => certificate.ProviderId == row.Id)
                .ToListAsync(cancellationToken),
            row.SignsPeopleIn,
            row.DisabledAt is null,
            row.AllowsUnsolicitedSignIn,
            row.UserNameAttribute,
            TimeSpan.FromMinutes(row.ClockSkewMinutes)
        )
        {
            SecondFactor = SingleSignOnConnections.ClaimFor(row),
        };
}
