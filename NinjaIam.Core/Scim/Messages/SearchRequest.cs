using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>
/// The parameters of a query, whether they came in the address or in the body of a POST to <c>/.search</c> (RFC 7644, section 3.4.3, and
/// RFC 9865). What is null was not sent.
/// </summary>
public sealed record SearchRequest
{
    public const string Urn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    /// <summary>Names separated by commas.</summary>
    public string? Attributes { get; init; }

    /// <summary>Names separated by commas.</summary>
    public string? ExcludedAttributes { get; init; }

    public string? Filter { get; init; }

    public string? SortBy { get; init; }

    public string? SortOrder { get; init; }

    public long? StartIndex { get; init; }

    public long? Count { get; init; }

    /// <summary>Empty for the first page of a list that is paged by cursor.</summary>
    public string? Cursor { get; init; }

    /// <summary>Reads the body of a POST. Parameters that it does not know are ignored, as those of an address are.</summary>
    /// <param name="body">As <see cref="ScimJson"/> reads it.</param>
    /// <param name="address">What the address says. The body overrides it.</param>
    public static ScimOutcome<SearchRequest> Read(JsonObject body, SearchRequest address)
    {
        var message = new MessageReader(body);
        message.MustBe(Urn);
        var request = new SearchRequest
        {
            Attributes = message.Names("attributes") ?? address.Attributes,
            ExcludedAttributes = message.Names("excludedAttributes") ?? address.ExcludedAttributes,
            Filter = message.Text("filter") ?? address.Filter,
            SortBy = message.Text("sortBy") ?? address.SortBy,
            SortOrder = message.Text("sortOrder") ?? address.SortOrder,
            StartIndex = message.Number("startIndex") ?? address.StartIndex,
            Count = message.Number("count") ?? address.Count,
            Cursor = message.Text("cursor") ?? address.Cursor,
        };
        return message.Error is { } error ? error : request;
    }
}
