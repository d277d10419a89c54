namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Where this installation is reached from outside. It comes from configuration, else from the first address the program listens on,
/// and never from a request: a forged Host header must not end up in a foreign console.
/// </summary>
public sealed class PortalAddress
{
    private Uri? _baseUrl;

    /// <summary>False in the moment between the first connection and knowing the port that the program listens on.</summary>
    public bool IsSettled => _baseUrl is not null;

    /// <summary>False while the address is only what the program listens on; the portal then shows a notice.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>Without a slash at the end.</summary>
    public string BaseUrl => _baseUrl?.ToString().TrimEnd('/') ?? throw new InvalidOperationException("The portal does not listen yet.");

    public void Set(Uri baseUrl, bool isConfigured) => (_baseUrl, IsConfigured) = (baseUrl, isConfigured);

    /// <summary>The page of a provider.</summary>
    public string ProviderPage(string uniqueIdentifier) => $"{BaseUrl}/administration/accounts/identity-providers/{uniqueIdentifier}";

    /// <summary>What an identity provider calls "tenant URL" or "SCIM base URL".</summary>
    public string ScimBaseUrl(string uniqueIdentifier) => $"{BaseUrl}/scim/v2/{uniqueIdentifier}";

    /// <summary>Our SAML entity ID for a provider that is created now.</summary>
    public string EntityId(string uniqueIdentifier) => $"{BaseUrl}/saml/{uniqueIdentifier}";

    /// <summary>Where the provider sends its SAML responses. One address serves both, as the identifier must stand at the end of each.</summary>
    public string ReplyUrl(string uniqueIdentifier) => $"{BaseUrl}/saml/{uniqueIdentifier}";
}
