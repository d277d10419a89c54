namespace NinjaIam.Core.Accounts.Roles;

/// <summary>
/// Gives a role to everybody whom a group, or a value of an attribute, names at an identity provider. Who has the role is worked out when it
/// is asked for: a change of members writes nothing about roles.
/// </summary>
public sealed class RoleMapping
{
    public int Id { get; init; }

    public required Guid ProviderId { get; init; }

    public required int RoleId { get; init; }

    /// <summary>The id of a group, never its name: a group that takes over a name takes over no role. Null for an attribute.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>As <see cref="MappableValue.Name"/> says. Null for a group.</summary>
    public string? Attribute { get; init; }

    public string? ListPath { get; init; }

    public string? ValuePath { get; init; }

    /// <summary>Compared without regard to the case of the letters A to Z.</summary>
    public string? Value { get; init; }

    /// <summary>Who saved it, as they were called then.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>By which way somebody has a role. Stored in a view by number.</summary>
public enum RoleRoute
{
    ByHand = 0,
    ByGroup = 1,
    ByAttribute = 2,
}

/// <summary>One way in which one person has one role. There is none for a role of another kind than the person's.</summary>
public sealed class EffectiveRole
{
    public required Guid AccountId { get; init; }

    public required int RoleId { get; init; }

    /// <summary>Of the role and of the person.</summary>
    public required AccountKind Kind { get; init; }

    public required RoleRoute Route { get; init; }

    /// <summary>Null for what was given by hand.</summary>
    public int? MappingId { get; init; }
}
