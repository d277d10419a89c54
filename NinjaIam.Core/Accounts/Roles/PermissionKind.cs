namespace NinjaIam.Core.Accounts.Roles;

/// <summary>Something a role lets its people do. Stored by number: a number never comes to mean something else.</summary>
public enum PermissionKind
{
    ViewOrganizations = 0,
    ViewUsers = 1,

    /// <summary>What of a person is not decided by an identity provider: phone, language, display.</summary>
    EditUsers = 2,
    BlockSignIn = 3,
    ViewGroups = 4,
    ViewActivities = 5,
    Export = 6,

    /// <summary>One's own profile, for an end user.</summary>
    OwnProfile = 100,

    /// <summary>The organizations one belongs to, for an end user.</summary>
    ViewOwnOrganizations = 101,
}

public static class Permissions
{
    private static readonly PermissionKind[] OfEndUsers = [PermissionKind.OwnProfile, PermissionKind.ViewOwnOrganizations];

    /// <summary>What roles of a kind can permit, in the order in which it is shown.</summary>
    public static IReadOnlyList<PermissionKind> For(AccountKind kind) =>
        kind switch
        {
            AccountKind.Technician => [.. Enum.GetValues<PermissionKind>().Except(OfEndUsers)],
            AccountKind.EndUser => OfEndUsers,
            _ => [],
        };

    /// <summary>Whether it can be limited to organizations. What is one's own anyway cannot.</summary>
    public static bool HasScope(PermissionKind permission) => !OfEndUsers.Contains(permission);
}
