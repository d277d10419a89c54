namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Where this installation is reached from outside. It comes from configuration, else from the first address the program listens on,
/// and never from a request: a forged Host header must not end up in a foreign console.
/// </summary>
public sealed class PortalAddress
{
    private Uri? _baseUrl;
    private IReadOnlyList<Uri> _branded = [];

    /// <summary>False in the moment between the first connection and knowing the port that the program listens on.</summary>
    public bool IsSettled => _baseUrl is not null;

    /// <summary>False while the address is only what the program listens on; the portal then shows a notice.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>Without a slash at the end.</summary>
    public string BaseUrl => _baseUrl?.ToString().TrimEnd('/') ?? throw new InvalidOperationException("The portal does not listen yet.");

    public void Set(Uri baseUrl, bool isConfigured) => (_baseUrl, IsConfigured) = (baseUrl, isConfigured);

    /// <summary>Says under which further addresses people reach the portal. Only what is configured ever becomes part of one of ours.</summary>
    public void SetBranded(IReadOnlyList<Uri> branded) => _branded = branded;

    /// <summary>
    /// The configured address that a request came to, by its Host header; for a host that is not configured, the address of the portal.
    /// </summary>
    public string BaseUrlAt(string? host) => _branded.FirstOrDefault(url => IsHostOf(url, host)) is { } url ? TextOf(url) : BaseUrl;

    /// <summary>Where the provider sends its responses to sign-ins that began at that host.</summary>
    /// <param name="host">See <see cref="BaseUrlAt"/>.</param>
    public string ReplyUrlAt(string? host, string uniqueIdentifier) => ReplyUrlOf(BaseUrlAt(host), uniqueIdentifier);

    /// <summary>The reply URLs of the further addresses, in the order in which these are configured.</summary>
    public IReadOnlyList<string> BrandedReplyUrls(string uniqueIdentifier) =>
        [.. _branded.Select(url => ReplyUrlOf(TextOf(url), uniqueIdentifier))];

    /// <summary>The page of a provider.</summary>
    public string ProviderPage(string uniqueIdentifier) => $"{BaseUrl}/administration/accounts/identity-providers/{uniqueIdentifier}";

    /// <summary>What an identity provider calls "tenant URL" or "SCIM base URL".</summary>
    public string ScimBaseUrl(string uniqueIdentifier) => $"{BaseUrl}/scim/v2/{uniqueIdentifier}";

    /// <summary>Our SAML entity ID for a provider that is created now.</summary>
    public string EntityId(string uniqueIdentifier) => $"{BaseUrl}/saml/{uniqueIdentifier}";

    /// <summary>Where the provider sends its SAML responses. One address serves both, as the identifier must stand at the end of each.</summary>
    public string ReplyUrl(string uniqueIdentifier) => ReplyUrlOf(BaseUrl, uniqueIdentifier);

    private static string ReplyUrlOf(string baseUrl, string uniqueIdentifier) => $"{baseUrl}/saml/{uniqueIdentifier}";

    private static string TextOf(Uri url) => url.ToString().TrimEnd('/');

    // A host that is reached by the usual port may say so or not.
    private static bool IsHostOf(Uri url, string? host) =>
        string.Equals(host, $"{url.IdnHost}:{url.Port}", StringComparison.OrdinalIgnoreCase)
        || (url.IsDefaultPort && string.Equals(host, url.IdnHost, StringComparison.OrdinalIgnoreCase));
}
