namespace NinjaIam.Core.Accounts;

/// <summary>People who were deactivated together, so that exactly those can be brought back.</summary>
public sealed class PeopleBatch
{
    /// <summary>How long they can be brought back together.</summary>
    public static readonly TimeSpan MayReturnFor = TimeSpan.FromDays(30);

    public int Id { get; init; }

    public required Guid ProviderId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it, as they were called then.</summary>
    public required string By { get; init; }

    public required int People { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>One of the people of a batch.</summary>
public sealed class PeopleBatchMember
{
    public required int BatchId { get; init; }

    public required Guid AccountId { get; init; }
}
