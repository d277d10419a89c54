namespace NinjaIam.Core.Journal.Requests;

/// <summary>One request as the endpoint hands it to the log, with everything still in it. It is redacted before it is stored.</summary>
/// <param name="Query">The query string as it was sent, with its question mark.</param>
public sealed record RequestRecord(
    string RequestId,
    DateTimeOffset At,
    Guid ProviderId,
    string Token,
    string Method,
    string Path,
    string Query
)
{
    /// <summary>The address that answered, below the base URL, with its parameters in braces.</summary>
    public string Route { get; init; } = "";

    /// <summary>What was answered; null when the client did not get a whole answer.</summary>
    public int? Status { get; init; }

    public TimeSpan Duration { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What the client calls the request, by the names of its headers.</summary>
    public IReadOnlyList<(string Header, string Value)> ClientIds { get; init; } = [];

    public required BodyCopy Request { get; init; }

    public required BodyCopy Answer { get; init; }

    /// <summary>What had to be tolerated: the rule and what it was applied to.</summary>
    public IReadOnlyList<(string Rule, string Target)> Repairs { get; init; } = [];

    /// <summary>Of a bulk request: what its operations were and came to, and how many of each kind.</summary>
    public IReadOnlyList<(string Operation, int Status, int Count)> Operations { get; init; } = [];

    internal int Weight => Request.Bytes.Length + Answer.Bytes.Length + (2 * Query.Length);
}
