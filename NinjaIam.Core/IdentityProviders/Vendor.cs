namespace NinjaIam.Core.IdentityProviders;

/// <summary>Whose product an identity provider is; decides hints and texts, never what the protocol accepts.</summary>
public enum Vendor
{
    MicrosoftEntraId,
    Okta,
    OneLogin,
    JumpCloud,
    GoogleWorkspace,
    PingOne,
    Duo,
    Keycloak,
    Custom,
}
