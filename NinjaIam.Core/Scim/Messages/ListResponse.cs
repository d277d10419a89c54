using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>A page of a query (RFC 7644, section 3.4.2).</summary>
public static class ListResponse
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /// <summary><c>itemsPerPage</c> is what the page holds, not what was asked for.</summary>
    public static JsonObject Create(IEnumerable<JsonObject> resources, long totalResults, long startIndex)
    {
        var page = new JsonArray([.. resources]);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(Urn),
            ["totalResults"] = totalResults,
            ["startIndex"] = startIndex,
            ["itemsPerPage"] = page.Count,
            ["Resources"] = page,
        };
    }

    /// <summary>Everything there is, as the discovery endpoints answer.</summary>
    public static JsonObject Complete(IReadOnlyCollection<JsonObject> resources) => Create(resources, resources.Count, 1);
}
