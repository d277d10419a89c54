using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As an application outside the gallery.</summary>
internal static class EntraGuide
{
    private const string RoleOfPerson = "SingleAppRoleAssignment([appRoleAssignments])";
    private const string UnlockAddress = "https://portal.azure.com/?Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled=true";

    public static SetupGuide Guide { get; } =
        new(Vendor.MicrosoftEntraId, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(
                    EntraGuideTexts.SourceMappings,
                    "https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes"
                ),
                new GuideSource(
                    EntraGuideTexts.SourceScim,
                    "https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups"
                ),
                new GuideSource(
                    EntraGuideTexts.SourceExpressions,
                    "https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data"
                ),
            ],
            Steps =
            [
                new GuideStep(EntraGuideTexts.ApplicationTitle, EntraGuideTexts.ApplicationText),
                new GuideStep(EntraGuideTexts.SamlTitle, EntraGuideTexts.SamlText, GuideContent.EntityId, GuideContent.ReplyUrl),
                SharedSteps.ImportMetadata,
                new GuideStep(
                    EntraGuideTexts.RolesTitle,
                    EntraGuideTexts.RolesText,
                    GuideField.Fixed(EntraGuideTexts.RoleTechnician, "Technician"),
                    GuideField.Fixed(EntraGuideTexts.RoleEndUser, "endUser")
                ),
                new GuideStep(EntraGuideTexts.AssignTitle, EntraGuideTexts.AssignText),
                SharedSteps.EnableScim,
                new GuideStep(EntraGuideTexts.ConnectTitle, EntraGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(
                    EntraGuideTexts.ListTitle,
                    EntraGuideTexts.ListText,
                    GuideField.Fixed(SetupTexts.UserTypeAttribute, SetupGuides.UserType),
                    GuideField.Fixed(SetupTexts.OrganizationAttribute, SetupGuides.OrganizationId),
                    GuideField.Fixed(EntraGuideTexts.ListAddress, UnlockAddress)
                ),
                new GuideStep(EntraGuideTexts.MapTitle, EntraGuideTexts.MapText),
                new GuideStep(EntraGuideTexts.StartTitle, EntraGuideTexts.StartText),
                SharedSteps.GiveRoles,
            ],
            Mappings =
            [
                new GuideMapping(SetupGuides.UserType, RoleOfPerson, EntraGuideTexts.UserTypeHow),
                new GuideMapping(
                    SetupGuides.UserType,
                    $"IIF({RoleOfPerson} = \"Service desk\", \"Technician\", \"endUser\")",
                    EntraGuideTexts.UserTypeOtherHow
                ),
                new GuideMapping(SetupGuides.OrganizationId, ChosenOrganization.IdPlace, EntraGuideTexts.OrganizationHow),
                new GuideMapping(
                    SetupGuides.OrganizationId,
                    $"IIF([companyName] = \"{ChosenOrganization.NamePlace}\", \"{ChosenOrganization.IdPlace}\", \"{ChosenOrganization.StandardPlace}\")",
                    EntraGuideTexts.OrganizationByCompanyHow
                ),
            ],
            Traps =
            [
                EntraGuideTexts.TrapOneRole,
                EntraGuideTexts.TrapMember,
                EntraGuideTexts.TrapStrings,
                EntraGuideTexts.TrapSwitch,
                EntraGuideTexts.TrapLeavers,
                EntraGuideTexts.TrapGroups,
                EntraGuideTexts.TrapReturn,
                EntraGuideTexts.TrapQuarantine,
                EntraGuideTexts.TrapFlag,
            ],
        };
}
