namespace NinjaIam.Core.Provisioning.Adoption;

/// <summary>A provider wanted to take over somebody who is kept by hand, and an administrator decides, or has decided.</summary>
public sealed class AdoptionRequest
{
    public required Guid AccountId { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>When the provider first sent the person (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it last did (UTC).</summary>
    public required DateTimeOffset LastAskedAt { get; set; }

    /// <summary>Null while it waits.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    /// <summary>Whether the provider may take the person over; without meaning while it waits.</summary>
    public bool IsApproved { get; set; }
}
