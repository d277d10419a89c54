namespace NinjaIam.Core.IdentityProviders;

/// <summary>An organization in which this provider may place people.</summary>
public sealed class ProviderOrganization
{
    public required Guid ProviderId { get; init; }

    public required int OrganizationId { get; init; }
}
