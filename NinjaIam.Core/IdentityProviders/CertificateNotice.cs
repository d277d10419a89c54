namespace NinjaIam.Core.IdentityProviders;

/// <summary>That the end of a provider's last signing certificate was announced, so that no announcement comes twice.</summary>
public sealed class CertificateNotice
{
    public required Guid ProviderId { get; init; }

    /// <summary>See <see cref="SigningCertificate.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many days before the end it is due; zero once the certificate has ended.</summary>
    public required int Days { get; init; }

    public required DateTimeOffset At { get; init; }
}
