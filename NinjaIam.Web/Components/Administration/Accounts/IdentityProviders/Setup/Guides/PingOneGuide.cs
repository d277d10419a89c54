using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As a connection and a rule, of which no extension is documented.</summary>
internal static class PingOneGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.PingOne, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(
                    PingOneGuideTexts.SourceConnection,
                    "https://docs.pingidentity.com/pingone/integrations/p1_create_scim_connection.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceFeatures,
                    "https://docs.pingidentity.com/pingone/integrations/p1_scim_provisioning_features.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceRule,
                    "https://docs.pingidentity.com/pingone/integrations/p1_create_provisioning_rule_outbound.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceGroups,
                    "https://docs.pingidentity.com/pingone/integrations/p1_provisioning_configuring_outbound_group_provisioning.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceResync,
                    "https://docs.pingidentity.com/pingone/integrations/p1_resync_configurations.html"
                ),
                new GuideSource(
                    PingOneGuideTexts.SourceSaml,
                    "https://docs.pingidentity.com/r/en-us/pingone/pingone_p1tutorial_add_a_saml_app"
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
