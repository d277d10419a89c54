using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As a custom integration, which sends no extension.</summary>
internal static class JumpCloudGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.JumpCloud, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(
                    JumpCloudGuideTexts.SourceCustom,
                    "https://jumpcloud.com/support/provision-and-manage-users-and-groups-in-apps-using-custom-scim-identity-management-integration"
                ),
                new GuideSource(
                    JumpCloudGuideTexts.SourceSaml,
                    "https://jumpcloud.com/support/sso-using-custom-saml-application-connectors"
                ),
                new GuideSource(JumpCloudGuideTexts.SourceFields, "https://jumpcloud.com/support/sso-application-connector-fields"),
            ],
            Steps =
            [
                new GuideStep(JumpCloudGuideTexts.ApplicationTitle, JumpCloudGuideTexts.ApplicationText),
                new GuideStep(
                    JumpCloudGuideTexts.SamlTitle,
                    JumpCloudGuideTexts.SamlText,
                    new GuideField(GuideContent.EntityId, JumpCloudGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, JumpCloudGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(JumpCloudGuideTexts.ConnectTitle, JumpCloudGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(JumpCloudGuideTexts.GroupsTitle, JumpCloudGuideTexts.GroupsText),
                new GuideStep(JumpCloudGuideTexts.AssignTitle, JumpCloudGuideTexts.AssignText),
                SharedSteps.GiveRoles,
            ],
            Traps = [JumpCloudGuideTexts.TrapExtension, JumpCloudGuideTexts.TrapTest, JumpCloudGuideTexts.TrapDelete],
        };
}
