namespace NinjaIam.Core.IdentityProviders;

/// <summary>What an administrator has typed into Add provider so far. It is theirs alone and dropped 30 days after its last change.</summary>
public sealed class ProviderDraft
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>Fixed from the first step on, since it may be pasted elsewhere before the provider is saved.</summary>
    public required string UniqueIdentifier { get; init; }

    public required string EntityId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The typed values as JSON; see ProviderDraftContent.</summary>
    public required string Content { get; set; }
}
