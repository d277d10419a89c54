using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Patching;

public enum PatchOperationKind
{
    Add,
    Remove,
    Replace,
}

/// <summary>One operation of a PATCH.</summary>
/// <param name="Path">Null when the value itself names the attributes.</param>
/// <param name="Value">Null also for an explicit null.</param>
public sealed record PatchOperation(PatchOperationKind Kind, TargetPath? Path, JsonNode? Value);

/// <summary>A PATCH as it was read: every path is resolved, nothing is applied yet.</summary>
public sealed record PatchRequest(IReadOnlyList<PatchOperation> Operations, IReadOnlyList<Repair> Repairs)
{
    /// <summary>The attributes that the request names, by the path of an operation or in the value of one without.</summary>
    public IEnumerable<AttributePath> Mentioned(ResourceType type) =>
        Operations.SelectMany(operation =>
            operation.Path switch
            {
                TargetPath.Selected(var path, _) => [path],
                TargetPath.WholeSchema(var schema) => InValue(type, new JsonObject { [schema.Id] = operation.Value?.DeepClone() }),
                null when operation.Value is JsonObject value => InValue(type, value),
                _ => [],
            }
        );

    private static IEnumerable<AttributePath> InValue(ResourceType type, JsonObject value) =>
        SentAttributes.Of(value, type, new Findings()).Attributes.Select(sent => sent.Path);
}
