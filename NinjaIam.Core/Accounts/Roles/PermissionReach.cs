namespace NinjaIam.Core.Accounts.Roles;

/// <summary>Where somebody may do something, as it was at the moment of asking.</summary>
/// <param name="IsEverywhere">In every organization, and with people of none.</param>
/// <param name="Organizations">Where else; empty when <paramref name="IsEverywhere"/>.</param>
public sealed record PermissionReach(bool IsEverywhere, IReadOnlyList<int> Organizations)
{
    public static PermissionReach Nowhere { get; } = new(false, []);

    public static PermissionReach Everywhere { get; } = new(true, []);

    public bool IsAnywhere => IsEverywhere || Organizations.Count > 0;

    public bool Holds(int organization) => IsEverywhere || Organizations.Contains(organization);
}

/// <summary>Everything that somebody may do by their roles, and where. What is not in it is not permitted.</summary>
public sealed class HeldPermissions
{
    private readonly Dictionary<PermissionKind, PermissionReach> _reaches;

    private HeldPermissions(Dictionary<PermissionKind, PermissionReach> reaches) => _reaches = reaches;

    public static HeldPermissions None { get; } = new([]);

    /// <summary>Everything that a role can permit, everywhere.</summary>
    internal static HeldPermissions All { get; } =
        new(Enum.GetValues<PermissionKind>().ToDictionary(permission => permission, _ => PermissionReach.Everywhere));

    public PermissionReach this[PermissionKind permission] => _reaches.GetValueOrDefault(permission, PermissionReach.Nowhere);

    public bool Any => _reaches.Count > 0;

    public bool May(PermissionKind permission) => this[permission].IsAnywhere;

    /// <summary>What several roles permit adds up.</summary>
    internal static HeldPermissions Of(
        IEnumerable<(PermissionKind Permission, bool IsEverywhere)> permitted,
        ILookup<PermissionKind, int> organizations
    )
    {
        var reaches = new Dictionary<PermissionKind, PermissionReach>();
        foreach (var each in permitted.GroupBy(row => row.Permission, row => row.IsEverywhere))
        {
            var reach = each.Any(everywhere => everywhere)
                ? PermissionReach.Everywhere
                : new PermissionReach(false, [.. organizations[each.Key].Distinct().Order()]);
            if (reach.IsAnywhere)
            {
                reaches[each.Key] = reach;
            }
        }

        return new HeldPermissions(reaches);
    }
}
