namespace NinjaIam.Core.Journal.Requests;

/// <summary>One request of a provider as the log keeps it: structure and names, but no personal value and no secret.</summary>
public sealed record LoggedRequest
{
    public required string RequestId { get; init; }

    /// <summary>When it was answered (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>Public id of the token.</summary>
    public required string Token { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query, redacted.</summary>
    public required string Path { get; init; }

    /// <summary>Null when the client did not get a whole answer.</summary>
    public int? Status { get; init; }

    public required TimeSpan Duration { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>What the client calls the request: "header: value".</summary>
    public IReadOnlyList<string> ClientIds { get; init; } = [];

    public required LoggedBody Request { get; init; }

    public required LoggedBody Answer { get; init; }

    /// <summary>What had to be tolerated: "rule: target".</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>What the operations of a bulk request came to: "POST /Users 201: 12".</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    public RequestBrief Brief => new(Status, Duration, Repairs.Count > 0);
}

/// <summary>What a line of a list says about a request.</summary>
/// <param name="Status">Null when the client did not get a whole answer.</param>
/// <param name="IsRepaired">Whether something about it had to be tolerated.</param>
public sealed record RequestBrief(int? Status, TimeSpan Duration, bool IsRepaired);

/// <param name="Text">Redacted JSON; null when there was no body, or one that is not JSON.</param>
/// <param name="Size">Bytes that went over the wire.</param>
/// <param name="IsCut">Whether <paramref name="Text"/> is only the beginning.</param>
public sealed record LoggedBody(string? Text, long Size, bool IsCut);
