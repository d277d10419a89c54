namespace NinjaIam.Core.IdentityProviders;

/// <summary>A certificate whose key the provider signs with.</summary>
public sealed class SigningCertificate
{
    public required Guid ProviderId { get; init; }

    /// <summary>SHA-256 over the certificate, as upper-case hexadecimal pairs separated by colons.</summary>
    public required string Fingerprint { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificate in DER form.</summary>
    public required byte[] Der { get; init; }
}
