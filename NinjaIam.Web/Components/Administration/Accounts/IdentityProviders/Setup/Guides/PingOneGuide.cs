using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As a connection and a rule, which send no extension.</summary>
internal static class PingOneGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.PingOne, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(
                    PingOneGuideTexts.SourceConnection,
                    "https://docs.pingidentity.com/pingone/pingone_tutorials/p1_sync_users_between_two_environments.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceFeatures,
                    "https://docs.pingidentity.com/pingone/integrations/p1_scim_provisioning_features.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceGroups,
                    "https://docs.pingidentity.com/pingone/integrations/p1_provisioning_outbound_group_provisioning.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceResync,
                    "https://docs.pingidentity.com/pingone/integrations/p1_resync_configurations.html"
                ),
            ],
            Steps =
            [
                new GuideStep(
                    PingOneGuideTexts.SamlTitle,
                    PingOneGuideTexts.SamlText,
                    new GuideField(GuideContent.EntityId, PingOneGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, PingOneGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(
                    PingOneGuideTexts.ConnectionTitle,
                    PingOneGuideTexts.ConnectionText,
                    GuideContent.BaseUrl,
                    GuideContent.Token
                ),
                new GuideStep(PingOneGuideTexts.RuleTitle, PingOneGuideTexts.RuleText),
                new GuideStep(PingOneGuideTexts.OnTitle, PingOneGuideTexts.OnText),
                SharedSteps.GiveRoles,
            ],
            Traps =
            [
                PingOneGuideTexts.TrapExtension,
                PingOneGuideTexts.TrapResync,
                PingOneGuideTexts.TrapPut,
                PingOneGuideTexts.TrapGroups,
            ],
        };
}
