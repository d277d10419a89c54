using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup.Guides;

/// <summary>As a custom connector, whose mapping is a template.</summary>
internal static class OneLoginGuide
{
    private const string Json = $$$"""
        {
          "schemas": [
            "{{{SchemaUrns.User}}}",
            "{{{SchemaUrns.NinjaOneUser}}}"
          ],
          "userName": "{$parameters.scimusername}",
          "displayName": "{$user.display_name}",
          "name": {
            "givenName": "{$user.firstname}",
            "familyName": "{$user.lastname}"
          },
          "emails": [
            { "value": "{$user.email}", "type": "work", "primary": true }
          ],
          "{{{SchemaUrns.NinjaOneUser}}}": {
            "userType": "{$parameters.userType}",
            "organizationId": "{{{ChosenOrganization.IdPlace}}}"
          }
        }
        """;

    public static SetupGuide Guide { get; } =
        new(Vendor.OneLogin, new DateOnly(2026, 11, 26))
        {
            Sources =
            [
                new GuideSource(
                    OneLoginGuideTexts.SourceKnowledge,
                    "https://onelogin.service-now.com/kb?id=kb_article_view&sysparm_article=KB0013904"
                ),
                new GuideSource(OneLoginGuideTexts.SourceDeveloper, "https://developers.onelogin.com/scim/create-app"),
                new GuideSource(
                    OneLoginGuideTexts.SourceFields,
                    "https://www.zabbix.com/documentation/current/en/manual/appendix/install/onelogin"
                ),
            ],
            Steps =
            [
                new GuideStep(OneLoginGuideTexts.ApplicationTitle, OneLoginGuideTexts.ApplicationText),
                new GuideStep(
                    OneLoginGuideTexts.SamlTitle,
                    OneLoginGuideTexts.SamlText,
                    new GuideField(GuideContent.EntityId, OneLoginGuideTexts.EntityIdLabel),
                    new GuideField(GuideContent.ReplyUrl, OneLoginGuideTexts.ReplyUrlLabel)
                ),
                SharedSteps.ImportMetadata,
                SharedSteps.EnableScim,
                new GuideStep(OneLoginGuideTexts.ConnectTitle, OneLoginGuideTexts.ConnectText, GuideContent.BaseUrl, GuideContent.Token),
                new GuideStep(OneLoginGuideTexts.ParametersTitle, OneLoginGuideTexts.ParametersText),
                new GuideStep(OneLoginGuideTexts.ProvisioningTitle, OneLoginGuideTexts.ProvisioningText),
                new GuideStep(OneLoginGuideTexts.AssignTitle, OneLoginGuideTexts.AssignText),
                SharedSteps.GiveRoles,
            ],
            Mappings =
            [
                new GuideMapping(SetupGuides.UserType, "{$parameters.userType}", OneLoginGuideTexts.UserTypeHow),
                new GuideMapping(SetupGuides.OrganizationId, ChosenOrganization.IdPlace, OneLoginGuideTexts.OrganizationHow),
            ],
            Template = Json,
            Traps = [OneLoginGuideTexts.TrapApproval, OneLoginGuideTexts.TrapUrns, OneLoginGuideTexts.TrapGroups],
        };
}
