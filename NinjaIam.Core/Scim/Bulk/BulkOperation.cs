using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Bulk;

public enum BulkMethod
{
    Post,
    Put,
    Patch,
    Delete,
}

public static class BulkMethodTokens
{
    public static string ToToken(this BulkMethod method) =>
        method switch
        {
            BulkMethod.Post => "POST",
            BulkMethod.Put => "PUT",
            BulkMethod.Patch => "PATCH",
            BulkMethod.Delete => "DELETE",
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };

    /// <summary>Read in any letter case; null for any other method.</summary>
    public static BulkMethod? FromToken(string? token) =>
        token?.ToUpperInvariant() switch
        {
            "POST" => BulkMethod.Post,
            "PUT" => BulkMethod.Put,
            "PATCH" => BulkMethod.Patch,
            "DELETE" => BulkMethod.Delete,
            _ => null,
        };
}

/// <summary>One operation of a bulk request.</summary>
/// <param name="Index">Its place in the request, counted from 0.</param>
public sealed record BulkOperation(int Index)
{
    /// <summary>Null where nothing of the kind was sent.</summary>
    public BulkMethod? Method { get; init; }

    /// <summary>What the client calls the operation, and with POST the resource it creates.</summary>
    public string? BulkId { get; init; }

    /// <summary>The type whose endpoint the path names.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>The id in the path: of a resource, or <c>bulkId:…</c> of one that another operation creates.</summary>
    public string? Target { get; init; }

    /// <summary>The version the resource must have, as in <c>If-Match</c>.</summary>
    public string? Version { get; init; }

    public JsonObject? Data { get; init; }

    /// <summary>Why it can't be done, whatever becomes of the others.</summary>
    public ScimError? Error { get; init; }

    /// <summary>The bulkIds of the operations whose resources it refers to.</summary>
    public IReadOnlyCollection<string> References { get; init; } = [];
}
