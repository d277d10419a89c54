using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>With an extension, as Keycloak itself sends nothing.</summary>
internal static class KeycloakGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.Keycloak, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(KeycloakGuideTexts.SourceExtension, "https://github.com/mitodl/keycloak-scim"),
                new GuideSource(
                    KeycloakGuideTexts.SourceKeycloak,
                    "https://www.keycloak.org/docs/latest/server_admin/index.html#_client-saml-configuration"
                ),
            ],
            Steps =
            [
                new GuideStep(
                    KeycloakGuideTexts.ClientTitle,
                    KeycloakGuideTexts.ClientText,
                    new GuideField(GuideContent.EntityId, KeycloakGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, KeycloakGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(KeycloakGuideTexts.InstallTitle, KeycloakGuideTexts.InstallText),
                new GuideStep(KeycloakGuideTexts.ListenerTitle, KeycloakGuideTexts.ListenerText),
                new GuideStep(KeycloakGuideTexts.ConnectTitle, KeycloakGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(KeycloakGuideTexts.SyncTitle, KeycloakGuideTexts.SyncText),
                SharedSteps.GiveRoles,
            ],
            Traps =
            [
                KeycloakGuideTexts.TrapExtension,
                KeycloakGuideTexts.TrapLost,
                KeycloakGuideTexts.TrapMembers,
                KeycloakGuideTexts.TrapImport,
            ],
        };
}
