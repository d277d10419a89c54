using System.Collections.Frozen;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>The vendors that can be chosen, in the order in which they are offered.</summary>
public static class VendorCatalog
{
    private static readonly FrozenDictionary<Vendor, VendorRecipe> ByVendor;

    static VendorCatalog()
    {
        All =
        [
            new VendorRecipe(
                Vendor.MicrosoftEntraId,
                "Microsoft Entra ID",
                "Entra",
                "E",
                PushesGroups: true,
                TileNote: null,
                "Entra sends about every 40 minutes once provisioning is started; use Provision on demand to test now.",
                "Entra ID > Enterprise apps > your application > Provisioning > New configuration (Admin Credentials in an older console)",
                "Tenant URL",
                "Secret Token"
            )
            {
                SecondFactor = new SecondFactorClaim(
                    "http://schemas.microsoft.com/claims/authnmethodsreferences",
                    "http://schemas.microsoft.com/claims/multipleauthn"
                ),
            },
            new VendorRecipe(
                Vendor.Okta,
                "Okta",
                "Okta",
                "Ok",
                PushesGroups: true,
                TileNote: null,
                "Okta sends as soon as a person is assigned to the application; groups follow when they are added under Push Groups.",
                "Applications > your application > Provisioning > Integration",
                "SCIM connector base URL",
                "Authorization"
            )
            {
                SecondFactor = new SecondFactorClaim("amr", "mfa"),
            },
            new VendorRecipe(
                Vendor.OneLogin,
                "OneLogin",
                "OneLogin",
                "OL",
                PushesGroups: true,
                TileNote: "Actions wait for approval in OneLogin until that is turned off",
                "OneLogin sends as soon as a person is given the application; actions that require approval wait there as pending.",
                "Applications > your application > Configuration > API Connection",
                "SCIM Base URL",
                "SCIM Bearer Token"
            ),
            new VendorRecipe(
                Vendor.JumpCloud,
                "JumpCloud",
                "JumpCloud",
                "JC",
                PushesGroups: true,
                TileNote: null,
                "JumpCloud sends a test user when the connection is activated, and people when a user group is bound to the application.",
                "SSO Applications > your application > Identity Management (some consoles call it Provisioning)",
                "Base URL",
                "Token Key (or Token)"
            ),
            new VendorRecipe(
                Vendor.GoogleWorkspace,
                "Google Workspace",
                "Google",
                "G",
                PushesGroups: false,
                TileNote: "No groups over SCIM: assign roles by attribute",
                "Google sends every few hours after autoprovisioning is turned on; nothing makes it come sooner.",
                "Apps > Web and mobile apps > your application > Autoprovisioning",
                "Endpoint URL",
                "Access token"
            ),
            new VendorRecipe(
                Vendor.PingOne,
                "PingOne",
                "PingOne",
                "P1",
                PushesGroups: true,
                TileNote: null,
                "PingOne sends once both the connection and its rule are turned on, then whenever a person in the rule changes.",
                "Integrations > Provisioning > your SCIM Outbound connection > Authentication",
                "SCIM Base URL",
                "OAuth Access Token"
            ),
            new VendorRecipe(
                Vendor.Duo,
                "Duo",
                "Duo",
                "D",
                PushesGroups: true,
                TileNote: null,
                "Duo sends after provisioning is turned on and a group is assigned to the application.",
                "Applications > your application > Provisioning",
                "Base URL",
                "Token"
            ),
            new VendorRecipe(
                Vendor.Keycloak,
                "Keycloak",
                "Keycloak",
                "K",
                PushesGroups: true,
                TileNote: "Needs a SCIM client extension in Keycloak",
                "Keycloak sends when a person changes, if a SCIM client extension is installed; its periodic sync sends everybody.",
                "User federation > your SCIM provider (of the installed extension)",
                "SCIM 2.0 endpoint",
                "Auth password/token"
            ),
            new VendorRecipe(
                Vendor.Custom,
                "Custom",
                "your identity provider",
                "C",
                PushesGroups: true,
                TileNote: "Any identity provider that speaks SAML 2.0 or SCIM 2.0",
                "When the first request comes depends on the identity provider; look there for a test or a synchronization to start by hand.",
                "The SCIM or provisioning settings of your identity provider",
                "Base URL",
                "Bearer token"
            ),
        ];
        ByVendor = All.ToFrozenDictionary(recipe => recipe.Vendor);
    }

    public static IReadOnlyList<VendorRecipe> All { get; }

    public static VendorRecipe Of(Vendor vendor) => ByVendor[vendor];
}
