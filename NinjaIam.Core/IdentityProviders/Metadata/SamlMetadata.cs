namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>What a service provider needs to know about one identity provider, read from its metadata.</summary>
/// <param name="EntityId">The name it issues assertions under.</param>
/// <param name="SignInUrl">Where authentication requests go.</param>
/// <param name="Binding">How they go there.</param>
/// <param name="WantAuthnRequestsSigned">Whether it turns unsigned requests away.</param>
/// <param name="SigningCertificates">At least one, in document order, each once. Expired ones are included: showing and judging them is the caller's part.</param>
/// <param name="ValidUntil">When the metadata itself ends, where it says so.</param>
public sealed record SamlMetadata(
    string EntityId,
    Uri SignInUrl,
    SignInBinding Binding,
    bool WantAuthnRequestsSigned,
    IReadOnlyList<MetadataCertificate> SigningCertificates,
    DateTimeOffset? ValidUntil
);
