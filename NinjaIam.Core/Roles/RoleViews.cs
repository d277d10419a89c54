using NinjaIam.Core.Accounts;

namespace NinjaIam.Core.Roles;

/// <param name="People">Who has it by hand.</param>
public sealed record RoleLine(int Id, AccountKind Kind, string Name, string? Description, int Permissions, int People);

/// <summary>Everything about one role.</summary>
public sealed record RoleDetails(int Id, AccountKind Kind, RoleInput Input, int People);

/// <summary>A role to choose from.</summary>
public sealed record RoleChoice(int Id, string Name);

/// <summary>A role that a person has, and why.</summary>
public sealed record PersonRole(int RoleId, string Name, string GrantedBy, DateTimeOffset GrantedAt);
