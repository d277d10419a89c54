using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>A provider with the states that lists filter and sort by, as the database computes them.</summary>
internal sealed class ProviderRow
{
    public required Guid Id { get; init; }

    public required string UniqueIdentifier { get; init; }

    public required string DisplayName { get; init; }

    public required string NameKey { get; init; }

    public required Vendor Vendor { get; init; }

    public required SingleSignOnState SingleSignOn { get; init; }

    public required ScimState Scim { get; init; }

    public required DateTimeOffset? TokenExpiresAt { get; init; }

    public required DateTimeOffset? LastRequestAt { get; init; }

    public required long Users { get; init; }

    public ProviderLine ToLine(TokenUsage usage) =>
        new(
            Id,
            UniqueIdentifier,
            DisplayName,
            Vendor,
            SingleSignOn,
            // A first request is known here a moment before it is written.
            Scim == ScimState.WaitingForFirstRequest
            && usage.LastRequest(Id) > LastRequestAt.GetValueOrDefault()
                ? ScimState.Active
                : Scim,
            TokenExpiresAt,
            usage.LastRequest(Id) ?? LastRequestAt,
            Users
        );
}

internal static class ProviderRows
{
    public static IQueryable<ProviderRow> Of(NinjaIamDbContext database, DateTimeOffset now)
    {
        var soon = now + Expiry.Soon;
        var tokens = database.ScimTokens;
        var certificates = database.SigningCertificates;
        var counters = database.Counters;
        return from provider in database.IdentityProviders
            let liveEnd = tokens
                .Where(token => token.ProviderId == provider.Id && token.RevokedAt == null && token.ExpiresAt > now)
                .Max(token => (DateTimeOffset?)token.ExpiresAt)
            let isUsed = tokens.Any(token =>
                token.ProviderId == provider.Id && token.RevokedAt == null && token.ExpiresAt > now && token.FirstUsedAt != null
            )
            let lastEnd = tokens
                .Where(token => token.ProviderId == provider.Id && token.RevokedAt == null)
                .Max(token => (DateTimeOffset?)token.ExpiresAt)
            let lastRevoked = tokens.Where(token => token.ProviderId == provider.Id).Max(token => token.RevokedAt)
            let lastCertificate = certificates.Where(row => row.ProviderId == provider.Id).Max(row => (DateTimeOffset?)row.NotAfter)
            select new ProviderRow
            {
                Id = provider.Id,
                UniqueIdentifier = provider.UniqueIdentifier,
                DisplayName = provider.DisplayName,
                NameKey = provider.NormalizedDisplayName,
                Vendor = provider.Vendor,
                SingleSignOn =
                    provider.Saml == null ? SingleSignOnState.NotConfigured
                    : provider.DisabledAt != null || (provider.SingleSignOnSince == null && provider.SingleSignOnFirstEnabledAt != null)
                        ? SingleSignOnState.Disabled
                    : lastCertificate == null || lastCertificate <= now ? SingleSignOnState.CertificateExpired
                    : lastCertificate <= soon ? SingleSignOnState.CertificateExpiring
                    : provider.SingleSignOnSince != null ? SingleSignOnState.Enabled
                    : provider.ConnectionTestedAt >= provider.Saml!.ImportedAt ? SingleSignOnState.Tested
                    : SingleSignOnState.Configured,
                Scim =
                    !provider.ScimEnabled
                        ? (provider.ScimFirstEnabledAt == null && provider.DisabledAt == null ? ScimState.NotEnabled : ScimState.Disabled)
                    : provider.PausedAt != null ? ScimState.Paused
                    : provider.PreviewSince != null ? ScimState.Preview
                    : liveEnd == null
                        ? (lastEnd != null && (lastRevoked == null || lastEnd > lastRevoked) ? ScimState.Expired : ScimState.Revoked)
                    : !isUsed ? ScimState.WaitingForFirstRequest
                    : liveEnd <= soon ? ScimState.ExpiringSoon
                    : ScimState.Active,
                TokenExpiresAt = liveEnd,
                LastRequestAt = tokens.Where(token => token.ProviderId == provider.Id).Max(token => token.LastUsedAt),
                Users = counters.Where(counter => counter.Provider == provider.Id && counter.Type == "User").Sum(counter => counter.Total),
            };
    }

    public static IQueryable<ProviderRow> Sorted(IQueryable<ProviderRow> rows, PageRequest request) =>
        (request.SortColumn, request.Descending) switch
        {
            ("sso", false) => rows.OrderBy(row => row.SingleSignOn).ThenBy(row => row.NameKey),
            ("sso", true) => rows.OrderByDescending(row => row.SingleSignOn).ThenBy(row => row.NameKey),
            ("scim", false) => rows.OrderBy(row => row.Scim).ThenBy(row => row.NameKey),
            ("scim", true) => rows.OrderByDescending(row => row.Scim).ThenBy(row => row.NameKey),
            ("tokenExpires", false) => rows.OrderBy(row => row.TokenExpiresAt == null)
                .ThenBy(row => row.TokenExpiresAt)
                .ThenBy(row => row.NameKey),
            ("tokenExpires", true) => rows.OrderByDescending(row => row.TokenExpiresAt).ThenBy(row => row.NameKey),
            ("lastRequest", false) => rows.OrderBy(row => row.LastRequestAt == null)
                .ThenBy(row => row.LastRequestAt)
                .ThenBy(row => row.NameKey),
            ("lastRequest", true) => rows.OrderByDescending(row => row.LastRequestAt).ThenBy(row => row.NameKey),
            ("users", false) => rows.OrderBy(row => row.Users).ThenBy(row => row.NameKey),
            ("users", true) => rows.OrderByDescending(row => row.Users).ThenBy(row => row.NameKey),
            (_, true) => rows.OrderByDescending(row => row.NameKey),
            _ => rows.OrderBy(row => row.NameKey),
        };
}
