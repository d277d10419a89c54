using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Bulk;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>What became of one operation of a bulk request.</summary>
public sealed record BulkResult(BulkOperation Operation)
{
    /// <summary>The id of the resource; null where there is none.</summary>
    public string? Id { get; init; }

    /// <summary>Null when it failed, or left no resource.</summary>
    public long? Version { get; init; }

    /// <summary>Why it was refused.</summary>
    public ScimError? Error { get; init; }

    /// <summary>What kept it from being done or refused.</summary>
    public Exception? Failure { get; init; }

    public IReadOnlyList<Repair> Repairs { get; init; } = [];

    public bool HasFailed => Error is not null || Failure is not null;
}

/// <summary>
/// Carries out bulk requests. Each operation is a write of its own with the rules of its resource type, durable or without a trace when
/// the request is answered; those that refer to one another in a circle are one write together.
/// </summary>
public sealed class BulkProvisioning(ResourceWriters writers, IWritePath writePath)
{
    /// <summary>The results of the operations that were begun, in the order of the request.</summary>
    public Task<IReadOnlyList<BulkResult>> RunAsync(ProvisioningCall caller, BulkRequest request, CancellationToken cancellationToken) =>
        new Run(writers, writePath, caller, request, cancellationToken).ToEndAsync();

    private sealed class Run(
        ResourceWriters writers,
        IWritePath writePath,
        ProvisioningCall caller,
        BulkRequest request,
        CancellationToken cancellationToken
    )
    {
        // So many share flushes of the disk, and leave room in the queue for the provider's other requests.
        private const int MostAtOnce = 64;

        private readonly Dictionary<string, BulkResult> _created = new(StringComparer.Ordinal);
        private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
        private readonly Queue<Task<BulkResult[]>> _begun = new();
        private readonly List<BulkResult> _results = [];
        private int _operationsBegun;
        private int _errors;

        public async Task<IReadOnlyList<BulkResult>> ToEndAsync()
        {
            foreach (var step in BulkPlan.Of(request))
            {
                // What it refers to is durable before it begins.
                while (_begun.Count > 0 && (!MayBegin() || step.Operations.Any(operation => operation.References.Any(_awaited.Contains))))
                {
                    await FinishOldestAsync();
                }

                if (!MayBegin())
                {
                    break;
                }

                Begin(step);
            }

            while (_begun.Count > 0)
            {
                await FinishOldestAsync();
            }

            return [.. _results.OrderBy(result => result.Operation.Index)];
        }

        /// <summary>Whether one more may begin, whatever becomes of those that have begun.</summary>
        private bool MayBegin()
        {
            var open = _operationsBegun - _results.Count;
            return open < MostAtOnce && (request.FailOnErrors is not { } limit || _errors + open < limit);
        }

        // The writer takes a provider's operations in the order in which they are handed over here.
        private void Begin(BulkStep step)
        {
            _operationsBegun += step.Operations.Count;
            _awaited.UnionWith(step.Operations.Select(operation => operation.BulkId).OfType<string>());
            _begun.Enqueue(step.IsCircular ? CircleAsync(step.Operations) : OneAsync(step.Operations[0]));
        }

        private async Task FinishOldestAsync()
        {
            foreach (var result in await _begun.Dequeue())
            {
                _results.Add(result);
                _errors += result.HasFailed ? 1 : 0;
                if (result.Operation.BulkId is { } bulkId)
                {
                    _awaited.Remove(bulkId);
                    if (result.Operation.Method == BulkMethod.Post)
                    {
                        _created[bulkId] = result;
                    }
                }
            }
        }

        private async Task<BulkResult[]> OneAsync(BulkOperation operation)
        {
            try
            {
                return [RefusalOf(operation, among: []) is { } error ? Refused(operation, error) : await DoAsync(operation)];
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return [new BulkResult(operation) { Id = TargetOf(operation), Failure = exception }];
            }
        }

        private async Task<BulkResult[]> CircleAsync(IReadOnlyList<BulkOperation> operations)
        {
            var among = operations.Select(operation => operation.BulkId).OfType<string>().ToList();
            var refused = operations.FirstOrDefault(operation => RefusalOf(operation, among) is not null);
            if (refused is not null)
            {
                return Undone(operations, refused, RefusalOf(refused, among)!);
            }

            var circle = new BulkCircle(writers, operations, IdOf);
            try
            {
                var outcome = await writePath.RunAsync(
                    caller.ProviderId,
                    scope => circle.WriteAsync(caller with { Scope = scope }),
                    cancellationToken
                );
                return outcome.Match(done => done, error => Undone(operations, circle.Refused!, error));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return [.. operations.Select(operation => new BulkResult(operation) { Failure = exception })];
            }
        }

        private BulkResult[] Undone(IReadOnlyList<BulkOperation> operations, BulkOperation refused, ScimError error) =>
            [
                .. operations.Select(operation =>
                    Refused(
                        operation,
                        operation == refused
                            ? error
                            : operation.Error
                                ?? ScimError.Conflict(
                                    $"The operation refers in a circle to bulkId \"{refused.BulkId}\", whose operation failed. Nothing of the circle is stored."
                                )
                    )
                ),
            ];

        private async Task<BulkResult> DoAsync(BulkOperation operation)
        {
            var type = operation.Type!;
            var writer = writers.For(type);
            if (operation.Method == BulkMethod.Post)
            {
                return DocumentReader.Read(DataOf(operation), type).TryGet(out var reading, out var error)
                    ? Done(operation, reading.Repairs, await writer.CreateAsync(caller, reading, cancellationToken))
                    : Refused(operation, error);
            }

            var target = TargetOf(operation)!;
            if (!Guid.TryParseExact(target, "D", out var id))
            {
                return Refused(operation, Refusals.NotFound(type, target));
            }

            var version = EntityTagCondition.Parse(operation.Version);
            switch (operation.Method)
            {
                case BulkMethod.Put:
                    return DocumentReader.Read(DataOf(operation), type, isReplacement: true).TryGet(out var reading, out var error)
                        ? Done(operation, [], await writer.ReplaceAsync(caller, id, reading, version, cancellationToken))
                        : Refused(operation, error);
                case BulkMethod.Patch:
                    return PatchReader.Read(DataOf(operation), type, schemasRequired: false).TryGet(out var patch, out error)
                        ? Done(operation, [], await writer.PatchAsync(caller, id, patch, version, cancellationToken))
                        : Refused(operation, error);
                default:
                    var deleted = await writer.DeleteAsync(caller, id, version, cancellationToken);
                    return deleted.Match(_ => new BulkResult(operation) { Id = target }, refusal => Refused(operation, refusal));
            }
        }

        private BulkResult Done(BulkOperation operation, IReadOnlyList<Repair> repairs, ProvisioningOutcome<ProvisioningResult> outcome) =>
            outcome.Match(
                done => new BulkResult(operation)
                {
                    Id = done.Resource.Id.ToString("D"),
                    Version = done.Resource.Version,
                    Repairs = [.. repairs, .. done.Repairs],
                },
                error => Refused(operation, error)
            );

        private BulkResult Refused(BulkOperation operation, ScimError error) => new(operation) { Id = TargetOf(operation), Error = error };

        /// <param name="among">The bulkIds of those that are done together with it.</param>
        private ScimError? RefusalOf(BulkOperation operation, IReadOnlyCollection<string> among)
        {
            if (operation.Error is { } error)
            {
                return error;
            }

            var missing = operation.References.FirstOrDefault(bulkId => IdOf(bulkId) is null && !among.Contains(bulkId));
            return missing is null ? null
                : _created.ContainsKey(missing)
                    ? ScimError.Conflict($"The operation refers to bulkId \"{missing}\", whose operation failed. Correct that one first.")
                : ScimError.Conflict($"The operation refers to bulkId \"{missing}\", which no POST of the request has.");
        }

        private JsonObject DataOf(BulkOperation operation) =>
            operation.References.Count == 0 ? operation.Data! : BulkReferences.Resolve(operation.Data!, IdOf);

        /// <summary>The id that the path names, as far as it is known.</summary>
        private string? TargetOf(BulkOperation operation) =>
            BulkReferences.Of(operation.Target) is { } bulkId ? IdOf(bulkId) : operation.Target;

        private string? IdOf(string bulkId) => _created.TryGetValue(bulkId, out var created) && !created.HasFailed ? created.Id : null;
    }
}
