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

    /// <summary>How the browser has to go there, after the request was noted in a cookie of this answer.</summary>
    /// <param name="returnPath">A path of the portal, checked by the caller.</param>
    /// <param name="tester">The administrator who tests the connection; null for a real sign-in, which needs single sign-on to be enabled.</param>
    public async Task<Outcome<SignOnRequest>> BeginAsync(
        HttpContext http,
        string uniqueIdentifier,
        string returnPath,
        Guid? tester,
        CancellationToken cancellationToken
    )
    {
        var provider = await _providers.FindAsync(uniqueIdentifier, http.Request.Host.Value, cancellationToken);
        if (provider is not { IsOn: true, Saml: { } saml } || (tester is null && !provider.IsEnabled))
        {
            return Unknown;
        }

        var now = _clock.GetUtcNow();
        var id = AuthenticationRequest.NewId();
        var signer = saml.WantsSignedRequests ? await _keys.CurrentAsync(cancellationToken) : null;
        SignOnRequest request =
            saml.SignInBinding == SignInBinding.HttpPost
                ? AuthenticationRequest.PostTo(provider, id, now, signer)
                : AuthenticationRequest.RedirectTo(provider, id, now, signer);
        _requests.Add(http, new BrowserRequest(id, provider.Id, provider.ReplyUrl, returnPath, tester, now));
        return request;
    }
}
