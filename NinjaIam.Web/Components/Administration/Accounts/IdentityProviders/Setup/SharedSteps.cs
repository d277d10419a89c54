namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>Steps that are taken here and are the same for every vendor.</summary>
internal static class SharedSteps
{
    public static GuideStep ImportMetadata { get; } =
        new(SetupTexts.SharedImportTitle, SetupTexts.SharedImportText, GuideContent.OpenSingleSignOn);

    public static GuideStep EnableScim { get; } = new(SetupTexts.SharedEnableTitle, SetupTexts.SharedEnableText, GuideContent.OpenOverview);

    public static GuideStep GiveRoles { get; } = new(SetupTexts.SharedRolesTitle, SetupTexts.SharedRolesText, GuideContent.OpenMapping);

    public static GuideStep GiveRolesWithoutGroups { get; } =
        new(SetupTexts.SharedRolesTitle, SetupTexts.SharedRolesWithoutGroupsText, GuideContent.OpenMapping);
}
