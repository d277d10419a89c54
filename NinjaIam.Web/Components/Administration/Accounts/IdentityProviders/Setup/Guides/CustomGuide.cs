using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>For what else speaks SAML 2.0 and SCIM 2.0.</summary>
internal static class CustomGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.Custom, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(CustomGuideTexts.SourceProtocol, "https://www.rfc-editor.org/rfc/rfc7644"),
                new GuideSource(CustomGuideTexts.SourceSchema, "https://www.rfc-editor.org/rfc/rfc7643"),
            ],
            Steps =
            [
                new GuideStep(CustomGuideTexts.SamlTitle, CustomGuideTexts.SamlText, GuideContent.EntityId, GuideContent.ReplyUrl),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(CustomGuideTexts.ConnectTitle, CustomGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(CustomGuideTexts.MapTitle, CustomGuideTexts.MapText),
                new GuideStep(CustomGuideTexts.GroupsTitle, CustomGuideTexts.GroupsText),
                SharedSteps.GiveRoles,
            ],
            Mappings =
            [
                new GuideMapping(SetupGuides.UserType, "endUser", CustomGuideTexts.UserTypeHow),
                new GuideMapping(SetupGuides.OrganizationId, ChosenOrganization.IdPlace, CustomGuideTexts.OrganizationHow),
            ],
            Traps = [CustomGuideTexts.TrapReads, CustomGuideTexts.TrapLenient, CustomGuideTexts.TrapLeavers],
        };
}
