using NinjaIam.Core.Scim.Bulk;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>
/// New resources of a bulk request that refer to one another in a circle, as one write. Each is created without the references to those
/// that do not exist yet, and replaced by all of itself once they do.
/// </summary>
/// <param name="idOf">Knows the ids of what was created before the circle.</param>
internal sealed class BulkCircle(ResourceWriters writers, IReadOnlyList<BulkOperation> operations, Func<string, string?> idOf)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>The operation that was refused, if one was.</summary>
    public BulkOperation? Refused { get; private set; }

    /// <param name="caller">Within a write, of which nothing may remain when this is refused.</param>
    public async Task<ProvisioningOutcome<BulkResult[]>> WriteAsync(ProvisioningCall caller)
    {
        var results = new List<BulkResult>();
        var incomplete = new HashSet<BulkOperation>();
        foreach (var operation in operations)
        {
            Refused = operation;
            if (operation.References.Any(bulkId => IdOf(bulkId) is null))
            {
                incomplete.Add(operation);
            }

            if (!(await CreateAsync(caller, operation)).TryGet(out var created, out var error))
            {
                return incomplete.Contains(operation)
                    ? ScimError.Conflict($"The references of this operation run in a circle that could not be resolved: {error.Detail}")
                    : error;
            }

            _ids[operation.BulkId!] = created.Resource.Id.ToString("D");
            results.Add(ResultOf(operation, created.Resource, created.Repairs));
        }

        foreach (var operation in incomplete)
        {
            Refused = operation;
            var index = results.FindIndex(result => result.Operation == operation);
            if (!(await CompleteAsync(caller, operation, results[index].Id!)).TryGet(out var completed, out var error))
            {
                return error;
            }

            results[index] = completed;
        }

        Refused = null;
        return results.ToArray();
    }

    private async Task<ProvisioningOutcome<ProvisioningResult>> CreateAsync(ProvisioningCall caller, BulkOperation operation) =>
        DocumentReader.Read(BulkReferences.Resolve(operation.Data!, IdOf), operation.Type!).TryGet(out var reading, out var error)
            ? await writers.For(operation.Type!).CreateAsync(caller, reading, CancellationToken.None)
            : error;

    private async Task<ProvisioningOutcome<BulkResult>> CompleteAsync(ProvisioningCall caller, BulkOperation operation, string id)
    {
        var data = BulkReferences.Resolve(operation.Data!, IdOf);
        if (!DocumentReader.Read(data, operation.Type!, isReplacement: true).TryGet(out var reading, out var error))
        {
            return error;
        }

        var outcome = await writers
            .For(operation.Type!)
            .ReplaceAsync(caller, Guid.ParseExact(id, "D"), reading, condition: null, CancellationToken.None);
        return outcome.Match<ProvisioningOutcome<BulkResult>>(
            done => ResultOf(operation, done.Resource, reading.Repairs),
            refusal => refusal
        );
    }

    private static BulkResult ResultOf(BulkOperation operation, ProvisionedResource resource, IReadOnlyList<Repair> repairs) =>
        new(operation)
        {
            Id = resource.Id.ToString("D"),
            Version = resource.Version,
            Repairs = repairs,
        };

    private string? IdOf(string bulkId) => _ids.GetValueOrDefault(bulkId) ?? idOf(bulkId);
}
