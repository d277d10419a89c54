using NinjaIam.Core.IdentityProviders.Metadata;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>The part of a provider's SAML metadata that we keep. Its certificates are rows of their own.</summary>
public sealed class SamlSettings
{
    public required string EntityId { get; set; }

    public required string SignInUrl { get; set; }

    public required SignInBinding SignInBinding { get; set; }

    public bool WantsSignedRequests { get; set; }

    /// <summary>Where the metadata came from, when it was imported by URL.</summary>
    public string? MetadataUrl { get; set; }

    public required DateTimeOffset ImportedAt { get; set; }
}
