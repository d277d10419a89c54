namespace NinjaIam.Core.Journal.Requests;

/// <summary>What a provider's requests of a day look like.</summary>
/// <param name="Requests">How many came.</param>
/// <param name="Typical">Half of them took at most so long; null without requests. Exact to a fifth.</param>
/// <param name="Slow">All but one in twenty took at most so long.</param>
/// <param name="Cadence">How far apart runs of requests begin, usually; null when they do not come in runs.</param>
/// <param name="Lost">How many requests of all providers the log could not keep.</param>
public sealed record RequestSummary(long Requests, TimeSpan? Typical, TimeSpan? Slow, TimeSpan? Cadence, long Lost);

/// <summary>Which of a provider's requests are wanted.</summary>
public sealed record RequestFilter(Guid ProviderId)
{
    public RequestResult? Result { get; init; }

    /// <summary>Oldest instant wanted (UTC, inclusive).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One request, by its id here or by the client's own.</summary>
    public string? RequestId { get; init; }
}

public enum RequestResult
{
    /// <summary>Answered with 400 or more.</summary>
    Refused,

    /// <summary>Something about it had to be tolerated.</summary>
    Repaired,
}
