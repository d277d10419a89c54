using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// The writes of provisioning clients on one resource type. Each is atomic and durable when it answers; a refused one changes nothing,
/// and one that asks for what is there already writes nothing.
/// </summary>
public interface IResourceProvisioning
{
    Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(
        ProvisioningCall caller,
        DocumentReading reading,
        CancellationToken cancellationToken
    );

    /// <param name="condition">Refuses with 412 when it does not hold for the version the resource has by then.</param>
    Task<ProvisioningOutcome<ProvisioningResult>> ReplaceAsync(
        ProvisioningCall caller,
        Guid id,
        DocumentReading reading,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    );

    /// <param name="condition">As for replacing.</param>
    Task<ProvisioningOutcome<ProvisioningResult>> PatchAsync(
        ProvisioningCall caller,
        Guid id,
        PatchRequest request,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    );

    /// <param name="condition">As for replacing.</param>
    Task<ProvisioningOutcome<Completed>> DeleteAsync(
        ProvisioningCall caller,
        Guid id,
        EntityTagCondition? condition,
        CancellationToken cancellationToken
    );
}
