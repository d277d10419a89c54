namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// What reading a provider's metadata again from its address came to. There is none until that was tried, and none any more once an
/// administrator imports metadata.
/// </summary>
public sealed class MetadataRefresh
{
    public required Guid ProviderId { get; init; }

    /// <summary>When it is tried next (UTC).</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>When it was tried last (UTC).</summary>
    public DateTimeOffset CheckedAt { get; set; }

    /// <summary>When it last worked (UTC); null when it never did.</summary>
    public DateTimeOffset? SucceededAt { get; set; }

    /// <summary>Since when it has not worked (UTC); null while it does.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Why it did not work and what to do, in words.</summary>
    public string? Failure { get; set; }

    /// <summary>Metadata that differs from what is saved and that nobody decided about, as JSON; see <see cref="ImportedMetadata"/>.</summary>
    public string? Waiting { get; set; }

    /// <summary>Digest of what it says; see <see cref="MetadataContent"/>.</summary>
    public string? WaitingDigest { get; set; }

    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>Digest of the change that was announced last, so that no announcement comes twice.</summary>
    public string? AnnouncedDigest { get; set; }

    /// <summary>Digests of the changes that were refused last, separated by spaces, the latest first. They are not asked about again.</summary>
    public string RefusedDigests { get; set; } = "";
}
