namespace NinjaIam.Core.Accounts.Roles;

/// <param name="People">Who has it, by whatever way.</param>
public sealed record RoleLine(int Id, AccountKind Kind, string Name, string? Description, int Permissions, int People);

/// <summary>Everything about one role.</summary>
public sealed record RoleDetails(int Id, AccountKind Kind, RoleInput Input, int People);

/// <summary>A role to choose from.</summary>
public sealed record RoleChoice(int Id, string Name);

/// <summary>One reason why a person has a role.</summary>
/// <param name="By">Who gave the role, or saved the mapping, as they were called then.</param>
/// <param name="GroupId">Of a mapping of a group.</param>
/// <param name="GroupName">Its display name now.</param>
/// <param name="Attribute">Of a mapping of a value.</param>
/// <param name="WaitingSince">See <see cref="RoleGrant.WaitingSince"/>; the reason does not count then.</param>
public sealed record RoleReason(
    RoleRoute Route,
    string By,
    DateTimeOffset At,
    Guid? GroupId = null,
    string? GroupName = null,
    string? Attribute = null,
    string? Value = null,
    DateTimeOffset? WaitingSince = null
);

/// <summary>A role that a person has, and every reason for it.</summary>
public sealed record PersonRole(int RoleId, string Name, IReadOnlyList<RoleReason> Reasons)
{
    /// <summary>False while every reason waits for an administrator.</summary>
    public bool Counts => Reasons.Any(reason => reason.WaitingSince is null);

    public bool IsByHand => Reasons.Any(reason => reason.Route == RoleRoute.ByHand);
}
