namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>How the browser carries an authentication request to the identity provider.</summary>
public enum SignInBinding
{
    HttpRedirect,
    HttpPost,
}
