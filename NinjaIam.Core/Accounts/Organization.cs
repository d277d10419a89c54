namespace NinjaIam.Core.Accounts;

/// <summary>A customer or department. Its integer identifier is what provisioning clients send as organizationId; it is never used twice.</summary>
public sealed class Organization
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required string NormalizedName { get; set; }

    public string? Description { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>An organization that was ever used is archived and never deleted; archived ones accept no new people.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }
}
