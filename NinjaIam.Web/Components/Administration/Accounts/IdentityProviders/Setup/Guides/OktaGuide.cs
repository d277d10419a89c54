using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As an application of the App Integration Wizard.</summary>
internal static class OktaGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.Okta, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(OktaGuideTexts.SourceSaml, "https://help.okta.com/en-us/Content/Topics/Apps/aiw-saml-reference.htm"),
                new GuideSource(
                    OktaGuideTexts.SourceWizard,
                    "https://help.okta.com/oie/en-us/Content/Topics/Apps/Apps_App_Integration_Wizard_SCIM.htm"
                ),
                new GuideSource(
                    OktaGuideTexts.SourceAttribute,
                    "https://support.okta.com/help/s/article/create-a-custom-app-attribute-in-okta-for-an-application-that-does-not-support-schema-discovery-for-scim-provisioning"
                ),
                new GuideSource(
                    OktaGuideTexts.SourceNamespace,
                    "https://support.okta.com/help/s/article/custom-scim-attribute-is-not-available-to-map-and-is-not-sent-to-scim"
                ),
                new GuideSource(OktaGuideTexts.SourceFaq, "https://developer.okta.com/docs/concepts/scim/faqs/"),
            ],
            Steps =
            [
                new GuideStep(
                    OktaGuideTexts.ApplicationTitle,
                    OktaGuideTexts.ApplicationText,
                    new GuideField(GuideContent.ReplyUrl, OktaGuideTexts.ReplyUrlLabel),
                    new GuideField(GuideContent.EntityId, OktaGuideTexts.EntityIdLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(OktaGuideTexts.TurnOnTitle, OktaGuideTexts.TurnOnText),
                new GuideStep(
                    OktaGuideTexts.ConnectTitle,
                    OktaGuideTexts.ConnectText,
                    GuideContent.BaseUrl,
                    GuideField.Fixed(OktaGuideTexts.UniqueFieldLabel, "userName"),
                    GuideContent.Token
                ),
                new GuideStep(OktaGuideTexts.ToAppTitle, OktaGuideTexts.ToAppText),
                new GuideStep(
                    OktaGuideTexts.AttributesTitle,
                    OktaGuideTexts.AttributesText,
                    GuideField.Fixed(SetupTexts.ExtensionNamespace, SchemaUrns.NinjaOneUser)
                ),
                new GuideStep(OktaGuideTexts.MapTitle, OktaGuideTexts.MapText),
                new GuideStep(OktaGuideTexts.AssignTitle, OktaGuideTexts.AssignText),
                SharedSteps.GiveRoles,
            ],
            Mappings =
            [
                new GuideMapping(SetupGuides.UserType, "endUser", OktaGuideTexts.UserTypeHow),
                new GuideMapping(SetupGuides.OrganizationId, ChosenOrganization.IdPlace, OktaGuideTexts.OrganizationHow),
            ],
            Traps =
            [
                OktaGuideTexts.TrapNamespace,
                OktaGuideTexts.TrapPut,
                OktaGuideTexts.TrapDelete,
                OktaGuideTexts.TrapUnderscore,
                OktaGuideTexts.TrapImport,
            ],
        };
}
