using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Roles;

/// <summary>What roles and permissions are called.</summary>
internal static class RoleWords
{
    public static string TitleOf(AccountKind kind) => kind == AccountKind.EndUser ? RoleTexts.EndUserRoles : RoleTexts.TechnicianRoles;

    public static string SubtitleOf(AccountKind kind) =>
        kind == AccountKind.EndUser ? RoleTexts.EndUserSubtitle : RoleTexts.TechnicianSubtitle;

    public static string EmptyOf(AccountKind kind) => kind == AccountKind.EndUser ? RoleTexts.EndUserEmpty : RoleTexts.TechnicianEmpty;

    public static string Of(PermissionKind permission) =>
        permission switch
        {
            PermissionKind.ViewOrganizations => RoleTexts.ViewOrganizations,
            PermissionKind.ViewUsers => RoleTexts.ViewUsers,
            PermissionKind.EditUsers => RoleTexts.EditUsers,
            PermissionKind.BlockSignIn => RoleTexts.BlockSignIn,
            PermissionKind.ViewGroups => RoleTexts.ViewGroups,
            PermissionKind.ViewActivities => RoleTexts.ViewActivities,
            PermissionKind.Export => RoleTexts.Export,
            PermissionKind.OwnProfile => RoleTexts.OwnProfile,
            _ => RoleTexts.ViewOwnOrganizations,
        };
}
