namespace NinjaIam.Core.Accounts.Roles;

public sealed record MappedGroupFilter
{
    /// <summary>Part of a display name.</summary>
    public string? Search { get; init; }

    /// <summary>True for groups with a role, false for those without, null for all.</summary>
    public bool? IsMapped { get; init; }
}

/// <summary>A mapping as the row of its group or value shows it.</summary>
public sealed record MappedRole(int MappingId, int RoleId, string Name, AccountKind Kind);

/// <param name="IsDeleted">The provider deleted the group; its mappings wait for its return.</param>
public sealed record MappedGroup(Guid Id, string Name, int Members, bool IsDeleted, IReadOnlyList<MappedRole> Roles);

/// <summary>A value of an attribute, and the role that stands behind it.</summary>
/// <param name="People">Who has the value and the role by it.</param>
public sealed record MappedValue(string Attribute, string Value, MappedRole Role, int People);

/// <summary>A mapping that is wanted: of a group, or of a value of an attribute.</summary>
public sealed record NewMapping(int RoleId, Guid? GroupId, string? Attribute, string? Value);

/// <param name="Removed">Identifiers of mappings.</param>
public sealed record MappingChanges(IReadOnlyList<NewMapping> Added, IReadOnlyList<int> Removed)
{
    public static MappingChanges None { get; } = new([], []);

    public int Count => Added.Count + Removed.Count;
}

/// <summary>What changes of mappings would mean for one role, by all ways together. Everybody counts once.</summary>
/// <param name="OtherKind">People whom the new mappings reach and who do not get the role, because it is for another kind of person.</param>
public sealed record RoleEffect(int RoleId, string Name, AccountKind Kind, int Gain, int Lose, int OtherKind);

/// <summary>What changes of mappings would mean, role by role.</summary>
public sealed record MappingPreview(IReadOnlyList<RoleEffect> Effects);

/// <summary>Somebody who would get a role, or lose it.</summary>
public sealed record AffectedPerson(Guid Id, string Name, string UserName);

/// <summary>What saving came to.</summary>
/// <param name="Undo">Changes that put back what was saved; null where it was not saved.</param>
/// <param name="Effects">The figures now, where they are others than those that were looked at; null when it was saved.</param>
public sealed record MappingSave(MappingChanges? Undo, IReadOnlyList<RoleEffect>? Effects);
