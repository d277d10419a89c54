using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>What this service provider can do (RFC 7643, section 5).</summary>
public static class ServiceProviderConfiguration
{
    /// <summary>The largest page a query gets.</summary>
    public const int MaxResults = 1000;

    /// <summary>The page a query gets that does not say how much it wants.</summary>
    public const int DefaultResults = 100;

    /// <summary>The most operations of one bulk request.</summary>
    public const int MaxBulkOperations = 1000;

    /// <summary>The largest body of a bulk request, in bytes.</summary>
    public const int MaxBulkPayload = 1024 * 1024;

    /// <summary>How long a cursor can be used.</summary>
    public static readonly TimeSpan CursorTimeout = TimeSpan.FromHours(1);

    /// <param name="baseUrl">The address of the SCIM root, without a slash at its end.</param>
    public static JsonObject Create(string baseUrl) =>
        new()
        {
            ["schemas"] = new JsonArray(SchemaUrns.ServiceProviderConfig),
            ["patch"] = Supported(true),
            ["bulk"] = new JsonObject
            {
                ["supported"] = true,
                ["maxOperations"] = MaxBulkOperations,
                ["maxPayloadSize"] = MaxBulkPayload,
            },
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = MaxResults },
            ["changePassword"] = Supported(false),
            ["sort"] = Supported(true),
            ["etag"] = Supported(true),
            ["pagination"] = new JsonObject
            {
                ["cursor"] = true,
                ["index"] = true,
                ["defaultPaginationMethod"] = "index",
                ["defaultPageSize"] = DefaultResults,
                ["maxPageSize"] = MaxResults,
                ["cursorTimeout"] = (int)CursorTimeout.TotalSeconds,
            },
            ["authenticationSchemes"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "oauthbearertoken",
                    ["name"] = "OAuth Bearer Token",
                    ["description"] = "A SCIM token in the Authorization header, as RFC 6750 describes it.",
                    ["specUri"] = "https://www.rfc-editor.org/info/rfc6750",
                    ["primary"] = true,
                }
            ),
            ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = $"{baseUrl}/ServiceProviderConfig" },
        };

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };
}
