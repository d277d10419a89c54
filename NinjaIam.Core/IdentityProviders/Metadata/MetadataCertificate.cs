using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>A certificate whose key an identity provider signs with. Two are equal when their fingerprints are.</summary>
/// <param name="Fingerprint">SHA-256 over the encoded certificate, upper-case hexadecimal with colons, as consoles show it.</param>
/// <param name="Subject">Whom it names; free text of the issuer, never a reason to trust.</param>
/// <param name="NotBefore">Start of validity, in UTC.</param>
/// <param name="NotAfter">End of validity, in UTC.</param>
/// <param name="Der">The certificate itself, encoded.</param>
public sealed record MetadataCertificate(
    string Fingerprint,
    string Subject,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> Der
)
{
    public bool IsExpired(DateTimeOffset now) => now > NotAfter;

    /// <exception cref="CryptographicException">The bytes are no X.509 certificate.</exception>
    public static MetadataCertificate Load(ReadOnlySpan<byte> encoded)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(encoded);
        return From(certificate);
    }

    public bool Equals(MetadataCertificate? other) => other is not null && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Fingerprint);

    internal static MetadataCertificate From(X509Certificate2 certificate) =>
        new(
            string.Join(':', SHA256.HashData(certificate.RawDataMemory.Span).Select(octet => octet.ToString("X2", null))),
            certificate.Subject,
            new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            certificate.RawDataMemory.ToArray()
        );
}
