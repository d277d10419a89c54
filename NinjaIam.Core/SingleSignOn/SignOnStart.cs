using Microsoft.AspNetCore.Http;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.SingleSignOn;

/// <summary>Sends a browser to its identity provider.</summary>
public sealed class SignOnStart
{
    private static readonly Refusal Unknown = new(
        RefusalKind.NotFound,
        "Signing in by this address is not possible. Ask your system administrator for the right one."
    );

    private readonly SignOnProviders _providers;
    private readonly SigningKeys _keys;
    private readonly BrowserRequests _requests;
    private readonly TimeProvider _clock;

    internal SignOnStart(SignOnProviders providers, SigningKeys keys, BrowserRequests requests, TimeProvider clock) =>
        (_providers, _keys, _requests, _clock) = (providers, keys, requests, clock);

    /// <summary>Where the browser has to go, after the request was noted in a cookie of this answer.</summary>
    /// <param name="returnPath">A path of the portal, checked by the caller.</param>
    /// <param name="tester">The administrator who tests the connection; null for a real sign-in, which needs single sign-on to be enabled.</param>
    public async Task<Outcome<Uri>> RedirectAsync(
        HttpContext http,
        string uniqueIdentifier,
        string returnPath,
        Guid? tester,
        CancellationToken cancellationToken
    )
    {
        var provider = await _providers.FindAsync(uniqueIdentifier, cancellationToken);
        if (provider is not { IsOn: true, Saml: { } saml } || (tester is null && !provider.IsEnabled))
        {
            return Unknown;
        }

        if (saml.SignInBinding != SignInBinding.HttpRedirect)
        {
            return new Refusal(
                RefusalKind.PrerequisiteMissing,
                "The identity provider takes requests by HTTP-POST only. Turn HTTP-Redirect on there and import its metadata again."
            );
        }

        var now = _clock.GetUtcNow();
        var id = AuthenticationRequest.NewId();
        var signer = saml.WantsSignedRequests ? await _keys.CurrentAsync(cancellationToken) : null;
        var target = AuthenticationRequest.RedirectTo(provider, id, now, signer);
        _requests.Add(http, new BrowserRequest(id, provider.Id, returnPath, tester, now));
        return target;
    }
}
