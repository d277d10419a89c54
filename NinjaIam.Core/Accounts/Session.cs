namespace NinjaIam.Core.Accounts;

/// <summary>One sign-in on one device. The cookie names it; it is asked on every request, so ending the row ends the sign-in.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When the person last proved on this device who they are, by signing in or by a step-up (UTC).</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }
}
