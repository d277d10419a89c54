using System.Text.Json;
using NinjaIam.Core.IdentityProviders.Metadata;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Everything an administrator has entered into Add provider so far. Half-filled is fine; Save checks it.</summary>
public sealed record ProviderDraftContent
{
    public ProviderInput Input { get; init; } = new();

    public ImportedMetadata? Metadata { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static ProviderDraftContent FromJson(string json) =>
        JsonSerializer.Deserialize<ProviderDraftContent>(json) ?? throw new InvalidOperationException("A stored draft is empty.");
}

/// <summary>Metadata that was read and accepted, in the form in which it is kept until Save.</summary>
/// <param name="Url">Where it was downloaded from; null for a file or pasted text.</param>
public sealed record ImportedMetadata(
    string EntityId,
    string SignInUrl,
    SignInBinding SignInBinding,
    bool WantsSignedRequests,
    IReadOnlyList<byte[]> Certificates,
    string? Url
)
{
    public static ImportedMetadata From(SamlMetadata metadata, string? url) =>
        new(
            metadata.EntityId,
            metadata.SignInUrl.ToString(),
            metadata.Binding,
            metadata.WantAuthnRequestsSigned,
            [.. metadata.SigningCertificates.Select(certificate => certificate.Der.ToArray())],
            url
        );

    /// <summary>The certificates for showing: fingerprint, subject and validity.</summary>
    public IReadOnlyList<MetadataCertificate> ReadCertificates() => [.. Certificates.Select(der => MetadataCertificate.Load(der))];
}
