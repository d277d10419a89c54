namespace NinjaIam.Core.IdentityProviders;

/// <summary>An email domain whose people use this provider. A domain belongs to one provider.</summary>
public sealed class ProviderDomain
{
    /// <summary>Lower case, in its ASCII form.</summary>
    public required string Domain { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>Order in which the administrator gave them.</summary>
    public required int Ordinal { get; init; }

    /// <summary>
    /// Whether people whose user name lies in the domain may sign in only by the provider, while it signs people in. System administrators
    /// always keep their own way in.
    /// </summary>
    public bool RequiresSingleSignOn { get; set; }
}
