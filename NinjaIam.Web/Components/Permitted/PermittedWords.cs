using NinjaIam.Core.Accounts.Roles;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>What permissions are called where their holder reads them.</summary>
internal static class PermittedWords
{
    public static string Of(PermissionKind permission) =>
        permission switch
        {
            PermissionKind.ViewOrganizations => PermittedTexts.MayViewOrganizations,
            PermissionKind.ViewUsers => PermittedTexts.MayViewUsers,
            PermissionKind.EditUsers => PermittedTexts.MayEditUsers,
            PermissionKind.BlockSignIn => PermittedTexts.MayBlockSignIn,
            PermissionKind.ViewGroups => PermittedTexts.MayViewGroups,
            PermissionKind.ViewActivities => PermittedTexts.MayViewActivities,
            _ => PermittedTexts.MayExport,
        };
}
