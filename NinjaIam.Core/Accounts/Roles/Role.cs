namespace NinjaIam.Core.Accounts.Roles;

/// <summary>A named set of permissions. Permissions come from roles and from nowhere else.</summary>
public sealed class Role
{
    public int Id { get; init; }

    /// <summary>Whose role it is; people of another kind do not have it, whatever gave it to them.</summary>
    public required AccountKind Kind { get; init; }

    public required string Name { get; set; }

    /// <summary>Unique among the roles of a kind.</summary>
    public required string NormalizedName { get; set; }

    public string? Description { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One thing a role permits.</summary>
public sealed class PermissionOfRole
{
    public required int RoleId { get; init; }

    public required PermissionKind Permission { get; init; }

    /// <summary>In every organization; else in those of <see cref="RolePermissionOrganization"/>.</summary>
    public required bool AllOrganizations { get; init; }
}

/// <summary>One organization in which a role permits something.</summary>
public sealed class RolePermissionOrganization
{
    public required int RoleId { get; init; }

    public required PermissionKind Permission { get; init; }

    public required int OrganizationId { get; init; }
}

/// <summary>A role that somebody gave a person by hand.</summary>
public sealed class RoleGrant
{
    public required Guid AccountId { get; init; }

    public required int RoleId { get; init; }

    /// <summary>Who gave it, as they were called then.</summary>
    public required string GrantedBy { get; set; }

    public required DateTimeOffset GrantedAt { get; set; }

    /// <summary>
    /// Since when it does not count (UTC): the identity provider deleted the person. Somebody who returns has it again only when an
    /// administrator gives it again. Null while it counts.
    /// </summary>
    public DateTimeOffset? WaitingSince { get; set; }
}
