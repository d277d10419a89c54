using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As an application of Duo Single Sign-On.</summary>
internal static class DuoGuide
{
    public static SetupGuide Guide { get; } =
        new(Vendor.Duo, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(DuoGuideTexts.SourceProvisioning, "https://duo.com/docs/automated-provisioning"),
                new GuideSource(DuoGuideTexts.SourceSaml, "https://duo.com/docs/sso-generic"),
            ],
            Steps =
            [
                new GuideStep(DuoGuideTexts.PlanTitle, DuoGuideTexts.PlanText),
                new GuideStep(
                    DuoGuideTexts.SamlTitle,
                    DuoGuideTexts.SamlText,
                    new GuideField(GuideContent.EntityId, DuoGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, DuoGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(DuoGuideTexts.ConnectTitle, DuoGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(DuoGuideTexts.MapTitle, DuoGuideTexts.MapText),
                new GuideStep(DuoGuideTexts.AssignTitle, DuoGuideTexts.AssignText),
                SharedSteps.GiveRoles,
            ],
            Mappings =
            [
                new GuideMapping(SetupGuides.UserType, "endUser", DuoGuideTexts.UserTypeHow),
                new GuideMapping(SetupGuides.OrganizationId, ChosenOrganization.IdPlace, DuoGuideTexts.OrganizationHow),
            ],
            Traps = [DuoGuideTexts.TrapGroups, DuoGuideTexts.TrapRemove, DuoGuideTexts.TrapRoles],
        };
}
