using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Bulk;

/// <summary>A bulk request as it was read (RFC 7644, section 3.7). An operation that can't be read is one with an error.</summary>
/// <param name="FailOnErrors">After how many errors no further operation is begun; null goes on to the end.</param>
public sealed record BulkRequest(IReadOnlyList<BulkOperation> Operations, int? FailOnErrors)
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private const int MaxOperations = ServiceProviderConfiguration.MaxBulkOperations;
    private const int MaxPayload = ServiceProviderConfiguration.MaxBulkPayload;

    /// <summary>The refusal of a body that is larger than announced.</summary>
    public static ScimError TooLarge { get; } =
        ScimError.PayloadTooLarge(
            $"The bulk request has more bytes than maxPayloadSize ({MaxPayload}) allows; maxOperations is {MaxOperations}. "
                + "Split it into several requests."
        );

    private static ScimError TooManyOperations { get; } =
        ScimError.PayloadTooLarge(
            $"The bulk request has more operations than maxOperations ({MaxOperations}) allows; maxPayloadSize is {MaxPayload} bytes. "
                + "Split it into several requests."
        );

    /// <param name="body">As <see cref="ScimJson"/> reads it. The operations keep parts of it.</param>
    public static ScimOutcome<BulkRequest> Read(JsonObject body, SchemaRegistry schemas)
    {
        var message = new MessageReader(body);
        message.MustBe(Urn);
        var failOnErrors = message.Number("failOnErrors");
        if (failOnErrors < 1)
        {
            message.Refuse("failOnErrors must be at least 1. Leave it out to go on whatever fails.");
        }

        var sent = message.List("Operations");
        if (sent is null or { Count: 0 })
        {
            message.Refuse("Operations must be a list of at least one operation.");
        }

        if (message.Error is { } error)
        {
            return error;
        }

        if (sent!.Count > MaxOperations)
        {
            return TooManyOperations;
        }

        var operations = sent.Select((element, index) => ReadOperation(element, index, schemas)).ToList();
        return new BulkRequest(
            [.. WithoutDuplicates(operations)],
            failOnErrors is { } limit ? (int)Math.Min(limit, MaxOperations + 1) : null
        );
    }

    private static BulkOperation ReadOperation(JsonNode? element, int index, SchemaRegistry schemas)
    {
        if (element is not JsonObject sent)
        {
            return new BulkOperation(index) { Error = ScimError.InvalidSyntax("An operation must be a JSON object with method and path.") };
        }

        var message = new MessageReader(sent);
        var (method, path, bulkId, version) = (
            message.Text("method"),
            message.Text("path"),
            message.Text("bulkId"),
            message.Text("version")
        );
        var kind = BulkMethodTokens.FromToken(method);
        var endpoint = EndpointOf(path, schemas);
        var (type, target) = endpoint ?? default;
        var data = sent["data"] as JsonObject;
        return new BulkOperation(index)
        {
            Method = kind,
            BulkId = bulkId,
            Type = type,
            Target = target,
            Version = version,
            Data = kind == BulkMethod.Delete ? null : data,
            References = BulkReferences.In(target, kind == BulkMethod.Delete ? null : data),
            Error = message.Error ?? ErrorOf(),
        };

        ScimError? ErrorOf() =>
            method is null ? ScimError.InvalidSyntax("An operation needs a method: POST, PUT, PATCH or DELETE.")
            : kind is null ? NotAllowed($"\"{method}\" can't be used in a bulk request. Use POST, PUT, PATCH or DELETE.")
            : path is null ? ScimError.InvalidSyntax($"An operation needs a path, such as {schemas.ResourceTypes[0].Endpoint}.")
            : endpoint is null ? ScimError.NotFound($"No resources are found at \"{path}\". Use one of: {Endpoints(schemas)}.")
            : kind == BulkMethod.Post && target is not null ? NotAllowed($"POST can't be used on a resource. Send it to {type.Endpoint}.")
            : kind != BulkMethod.Post && target is null
                ? NotAllowed($"{method} can't be used on {type.Endpoint} as a whole. Name a resource, as in {type.Endpoint}/<id>.")
            : kind == BulkMethod.Post && string.IsNullOrEmpty(bulkId)
                ? ScimError.InvalidSyntax("POST needs a bulkId that no other operation of the request has.")
            : kind != BulkMethod.Delete && data is null ? ScimError.InvalidSyntax($"{method} needs data: a JSON object.")
            : null;
    }

    /// <summary>The type that a path names, and the id behind its endpoint if there is one.</summary>
    private static (ResourceType Type, string? Target)? EndpointOf(string? path, SchemaRegistry schemas)
    {
        var name = path?.Trim('/') ?? "";
        if (schemas.FindByEndpoint(name) is { } whole)
        {
            return (whole, null);
        }

        var slash = name.LastIndexOf('/');
        return slash > 0 && schemas.FindByEndpoint(name[..slash]) is { } type ? (type, Uri.UnescapeDataString(name[(slash + 1)..])) : null;
    }

    /// <summary>Of operations with the same bulkId none is done: nobody can tell which of them the others mean.</summary>
    private static IEnumerable<BulkOperation> WithoutDuplicates(IReadOnlyList<BulkOperation> operations)
    {
        var several = operations
            .Where(operation => operation.BulkId is not null)
            .GroupBy(operation => operation.BulkId!, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key)
            .ToHashSet(StringComparer.Ordinal);
        return operations.Select(operation =>
            operation.BulkId is { } bulkId && several.Contains(bulkId)
                ? operation with
                {
                    Error =
                        operation.Error ?? ScimError.InvalidValue($"The bulkId \"{bulkId}\" stands at several operations. Send each once."),
                }
                : operation
        );
    }

    private static ScimError NotAllowed(string detail) => new(405, null, detail);

    private static string Endpoints(SchemaRegistry schemas) => string.Join(", ", schemas.ResourceTypes.Select(type => type.Endpoint));
}
