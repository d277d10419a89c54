using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>A signing certificate as it is shown.</summary>
public sealed record CertificateLine(string Fingerprint, string Subject, DateTimeOffset ExpiresAt)
{
    public static IReadOnlyList<CertificateLine> Of(ImportedMetadata metadata) =>
        [
            .. metadata
                .ReadCertificates()
                .Select(certificate => new CertificateLine(certificate.Fingerprint, certificate.Subject, certificate.NotAfter)),
        ];

    public static IReadOnlyList<CertificateLine> Of(IEnumerable<SigningCertificate> certificates) =>
        [.. certificates.Select(certificate => new CertificateLine(certificate.Fingerprint, certificate.Subject, certificate.NotAfter))];
}
