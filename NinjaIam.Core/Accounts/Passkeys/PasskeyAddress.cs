using Microsoft.AspNetCore.Http;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>
/// Where passkeys work: at the address of the installation, when that is a name over HTTPS, or <c>localhost</c>. Browsers keep them per
/// name and know none for a network address. What a request says of its own host decides nothing but whether they are offered there.
/// </summary>
public sealed class PasskeyAddress(PortalAddress portal)
{
    private const string Localhost = "localhost";

    /// <summary>The origin that answers have to come from.</summary>
    public string Origin => OriginOf(new Uri(portal.BaseUrl));

    /// <summary>The name that passkeys belong to.</summary>
    internal string Domain => new Uri(portal.BaseUrl).IdnHost;

    /// <summary>Why passkeys can't be used by a browser that came by this address, and what to do; null where they can.</summary>
    /// <param name="opened">As the browser shows it, or its beginning; null for one that can't be read.</param>
    public Refusal? RefuseAt(Uri? opened)
    {
        if (!portal.IsSettled || new Uri(portal.BaseUrl) is not { HostNameType: UriHostNameType.Dns } address || !IsTrustworthy(address))
        {
            return new Refusal(
                RefusalKind.PrerequisiteMissing,
                "Passkeys work where the portal is opened by a host name over HTTPS, or on the machine itself as localhost. "
                    + "Set PublicBaseUrl to such an address, and open the portal there."
            );
        }

        return opened is not null && OriginOf(opened) == OriginOf(address)
            ? null
            : new Refusal(RefusalKind.PrerequisiteMissing, $"Passkeys belong to {portal.BaseUrl}. Open the portal there to use them.");
    }

    /// <summary>The same for the browser that sent a request.</summary>
    public Refusal? RefuseAt(HttpContext http) =>
        RefuseAt(Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}", UriKind.Absolute, out var opened) ? opened : null);

    private static bool IsTrustworthy(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || address.IdnHost == Localhost
        || address.IdnHost.EndsWith($".{Localhost}", StringComparison.Ordinal);

    private static string OriginOf(Uri address) =>
        $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
}
