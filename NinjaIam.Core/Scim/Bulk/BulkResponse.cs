using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;

namespace NinjaIam.Core.Scim.Bulk;

/// <summary>What one operation is answered.</summary>
/// <param name="Status">As if it had been a request of its own.</param>
public sealed record BulkAnswer(BulkOperation Operation, int Status)
{
    /// <summary>The address of the resource; null where there is none.</summary>
    public string? Location { get; init; }

    /// <summary>The entity tag of the resource; null where there is none.</summary>
    public string? Version { get; init; }

    public ScimError? Error { get; init; }
}

/// <summary>The answer of a bulk request (RFC 7644, section 3.7.3). Of what succeeded no body is repeated.</summary>
public static class BulkResponse
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    public static JsonObject Create(IEnumerable<BulkAnswer> answers) =>
        new() { ["schemas"] = new JsonArray(Urn), ["Operations"] = new JsonArray([.. answers.Select(Create)]) };

    private static JsonObject Create(BulkAnswer answer)
    {
        var result = new JsonObject();
        Add("location", answer.Location);
        Add("method", answer.Operation.Method?.ToToken());
        Add("bulkId", answer.Operation.BulkId);
        Add("version", answer.Version);
        result["status"] = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (answer.Error is { } error)
        {
            result["response"] = error.ToJson();
        }

        return result;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                result[name] = value;
            }
        }
    }
}
