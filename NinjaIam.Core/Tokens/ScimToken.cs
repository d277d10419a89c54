namespace NinjaIam.Core.Tokens;

/// <summary>The stored half of a SCIM token. Its secret is shown once and exists nowhere afterwards.</summary>
public sealed class ScimToken
{
    /// <summary>Eight characters that name the token in the portal, in logs and at the start of the token itself.</summary>
    public required string PublicId { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>SHA-256 over the whole token.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created it, as they were called then.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>First instant at which it is refused (UTC, exclusive end of its life).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What people call it, or null. It goes over to the token that takes this one's place.</summary>
    public string? Label { get; set; }

    public TokenScope Scope { get; set; }

    /// <summary>As <see cref="TokenAccess.NetworksText"/>.</summary>
    public string Networks { get; set; } = "";

    /// <summary>When the administrator said it was stored; a token that was shown and not confirmed is named as such.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? FirstUsedAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The token that takes this one's place, while both are live.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>Revoke this token 24 hours after its replacement was first used.</summary>
    public bool EndsAfterReplacementIsUsed { get; set; }

    public TokenAccess Access => TokenAccess.OfStored(Scope, Networks);

    public bool IsLiveAt(DateTimeOffset instant) => RevokedAt is null && instant < ExpiresAt;
}
