namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// Whose product an identity provider is; decides hints and texts, never what the protocol accepts.
/// The numbers are stored, so they never change their meaning.
/// </summary>
public enum Vendor
{
    Custom = 0,
    MicrosoftEntraId = 1,
    Okta = 2,
    OneLogin = 3,
    JumpCloud = 4,
    GoogleWorkspace = 5,
    PingOne = 6,
    Duo = 7,
    Keycloak = 8,
}
