namespace NinjaIam.Core.Accounts;

/// <summary>One organization that a person belongs to.</summary>
public sealed class AccountOrganization
{
    public required Guid AccountId { get; init; }

    public required int OrganizationId { get; init; }
}
