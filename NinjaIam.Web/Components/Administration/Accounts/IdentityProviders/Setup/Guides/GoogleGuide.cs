using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>Single sign-on for sure, provisioning only where Google offers it.</summary>
internal static class GoogleGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.GoogleWorkspace, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(GoogleGuideTexts.SourceProvisioning, "https://support.google.com/a/answer/7681608"),
                new GuideSource(
                    GoogleGuideTexts.SourceExample,
                    "https://knowledge.workspace.google.com/admin/users/advanced/configure-screensteps-user-provisioning"
                ),
                new GuideSource(GoogleGuideTexts.SourceSaml, "https://support.google.com/a/answer/6087519"),
            ],
            Steps =
            [
                new GuideStep(
                    GoogleGuideTexts.SamlTitle,
                    GoogleGuideTexts.SamlText,
                    new GuideField(GuideContent.EntityId, GoogleGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, GoogleGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                new GuideStep(GoogleGuideTexts.CheckTitle, GoogleGuideTexts.CheckText),
                SharedSteps.EnableScim,
                new GuideStep(GoogleGuideTexts.ConnectTitle, GoogleGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token)
                {
                    IsUndocumented = true,
                },
                SharedSteps.GiveRolesWithoutGroups,
            ],
            Traps =
            [
                GoogleGuideTexts.TrapList,
                GoogleGuideTexts.TrapHours,
                GoogleGuideTexts.TrapArchived,
                GoogleGuideTexts.TrapEdition,
                GoogleGuideTexts.TrapExtension,
                GoogleGuideTexts.TrapWindow,
            ],
        };
}
