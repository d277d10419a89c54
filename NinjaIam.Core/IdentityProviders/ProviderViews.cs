using NinjaIam.Core.Tokens;

namespace NinjaIam.Core.IdentityProviders;

public sealed record ProviderFilter
{
    /// <summary>Part of a display name or of a domain.</summary>
    public string? Search { get; init; }

    public Vendor? Vendor { get; init; }

    public ScimState? ScimState { get; init; }

    public SingleSignOnState? SingleSignOnState { get; init; }
}

/// <param name="TokenExpiresAt">End of the longest-living live token, or null.</param>
/// <param name="LastRequestAt">Last authenticated SCIM request, or null.</param>
public sealed record ProviderLine(
    Guid Id,
    string UniqueIdentifier,
    string DisplayName,
    Vendor Vendor,
    SingleSignOnState SingleSignOn,
    ScimState Scim,
    DateTimeOffset? TokenExpiresAt,
    DateTimeOffset? LastRequestAt,
    long Users
);

/// <summary>A provider to choose from.</summary>
public sealed record ProviderChoice(Guid Id, string UniqueIdentifier, string DisplayName, Vendor Vendor);

/// <summary>A token as the portal shows it.</summary>
/// <param name="IsConfirmed">False while nobody said that it was stored.</param>
public sealed record TokenView(
    string PublicId,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    TokenState State,
    bool IsConfirmed,
    string? ReplacedBy,
    bool EndsAfterReplacementIsUsed,
    TokenAccess Access,
    string? Label
)
{
    /// <summary>What may be shown of it.</summary>
    public string Shown => ScimTokenText.Shown(PublicId);
}

/// <summary>A live token of any provider, for the list over all providers.</summary>
public sealed record TokenLine(TokenView Token, ProviderChoice Provider);

/// <param name="EndsAt">Null when somebody has to end it.</param>
public sealed record ScimPause(DateTimeOffset At, DateTimeOffset? EndsAt, string By);

public sealed record DeactivatedTogether(int Batch, int People, DateTimeOffset At, string By);

/// <summary>What reading a provider's metadata again from its address came to.</summary>
/// <param name="CheckedAt">When it was tried last (UTC).</param>
/// <param name="SucceededAt">When it last worked (UTC); null when it never did since the import.</param>
/// <param name="Failure">Why the last try did not work and what to do; null when it did.</param>
/// <param name="IsFailing">It has not worked for a day.</param>
/// <param name="Waiting">What differs from the saved metadata and waits for a decision; null when nothing does.</param>
public sealed record MetadataRefreshView(
    DateTimeOffset CheckedAt,
    DateTimeOffset? SucceededAt,
    string? Failure,
    bool IsFailing,
    WaitingMetadata? Waiting
);

/// <param name="Digest">Names this change when it is accepted or refused.</param>
/// <param name="Since">When it was found (UTC).</param>
public sealed record WaitingMetadata(ImportedMetadata Metadata, string Digest, DateTimeOffset Since);

/// <summary>Everything the provider's own page shows.</summary>
/// <param name="MissingForScim">Why SCIM cannot be enabled yet, in words, or null.</param>
/// <param name="LiveTokens">At most two, the older first; dormant ones while SCIM is off.</param>
/// <param name="EndedTokens">The last few that were revoked or ran out, the latest first.</param>
public sealed record ProviderDetails(
    Guid Id,
    string UniqueIdentifier,
    ProviderInput Input,
    string EntityId,
    string ReplyUrl,
    string ScimBaseUrl,
    SamlSettings? Saml,
    IReadOnlyList<SigningCertificate> Certificates,
    SingleSignOnState SingleSignOn,
    bool ScimEnabled,
    ScimState Scim,
    string? MissingForScim,
    IReadOnlyList<TokenView> LiveTokens,
    IReadOnlyList<TokenView> EndedTokens,
    DateTimeOffset? LastRequestAt,
    long Users,
    long Groups,
    DateTimeOffset CreatedAt,
    string Stamp
)
{
    /// <summary>The pause, while SCIM rests.</summary>
    public ScimPause? Pause { get; init; }

    /// <summary>Since when the whole provider is turned off (UTC); null while it is on.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Since when people sign in by it (UTC); null while they do not.</summary>
    public DateTimeOffset? SingleSignOnSince { get; init; }

    /// <summary>When a test of the connection passed with the metadata that is saved now (UTC), and whose it was; null when none did.</summary>
    public DateTimeOffset? TestedAt { get; init; }

    public string? TestedBy { get; init; }

    public required SingleSignOnChoices SignOnChoices { get; init; }

    /// <summary>When a test showed, with the metadata that is saved now, that the provider asked for a second factor (UTC); null when none did.</summary>
    public DateTimeOffset? SecondFactorProvedAt { get; init; }

    /// <summary>How reading its metadata again goes; null while that was not tried.</summary>
    public MetadataRefreshView? MetadataRefresh { get; init; }

    /// <summary>Since when requests are only evaluated (UTC); null while they take effect.</summary>
    public DateTimeOffset? PreviewSince { get; init; }

    /// <summary>People who were deactivated together when SCIM was disabled and can still be brought back; null when there are none.</summary>
    public DeactivatedTogether? Deactivated { get; init; }

    /// <summary>The reply URLs of the further addresses of the portal; as many as there are of those.</summary>
    public IReadOnlyList<string> BrandedReplyUrls { get; init; } = [];

    public string DisplayName => Input.DisplayName;

    public Vendor Vendor => Input.Vendor ?? IdentityProviders.Vendor.Custom;
}

/// <summary>How many providers there are in each state that needs attention, for the dashboard.</summary>
public sealed record ProviderAttention(ProviderLine Provider, bool TokenUnconfirmed)
{
    /// <summary>Its metadata says something new, which waits for a decision.</summary>
    public bool MetadataWaits { get; init; }

    /// <summary>Its metadata could not be read for a day.</summary>
    public bool MetadataFails { get; init; }
}
