using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;

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
public sealed record PatchRequest(IReadOnlyList<PatchOperation> Operations, IReadOnlyList<Repair> Repairs);
