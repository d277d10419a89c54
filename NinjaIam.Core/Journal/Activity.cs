namespace NinjaIam.Core.Journal;

/// <summary>One line of Activities: a change from the journal, or a refusal from the security events.</summary>
public sealed record Activity
{
    /// <summary>Names the line in the portal's addresses: "j" or "s" and a number.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, or happened last (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A <see cref="JournalKind"/>, or a <see cref="SecurityCause"/> when refused.</summary>
    public required string Kind { get; init; }

    public required bool IsRefused { get; init; }

    public required ActorKind ActorKind { get; init; }

    /// <summary>What the actor was called; null when unknown, as for a request without a live token.</summary>
    public string? ActorName { get; init; }

    public string? Token { get; init; }

    public Guid? ProviderId { get; init; }

    public string? ProviderName { get; init; }

    /// <summary>The provider's unique identifier, which its page's address uses.</summary>
    public string? ProviderIdentifier { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    public string? Subject { get; init; }

    public string? Detail { get; init; }

    public string? Request { get; init; }

    public int? Status { get; init; }

    public required int Count { get; init; }

    public required string RequestId { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>How many people a membership change added and removed; zero for every other kind.</summary>
    public int Added { get; init; }

    public int Removed { get; init; }

    /// <summary>The one person of a membership change, where it was only one.</summary>
    public string? Member { get; init; }
}

/// <summary>Which part of the product an activity is about, as the filter "Kind" offers it.</summary>
public enum ActivityArea
{
    Users,
    Groups,

    /// <summary>Resources of types that definitions define.</summary>
    Resources,
    Providers,
    Tokens,
    Organizations,

    /// <summary>Roles themselves; who was given one stands among users.</summary>
    Roles,
    SignIn,
}

public sealed record ActivityFilter
{
    public string? Search { get; init; }

    public Guid? ProviderId { get; init; }

    /// <summary>Identifier of one user, group or other resource whose timeline is wanted; without provider and area then.</summary>
    public string? ResourceId { get; init; }

    public ActivityArea? Area { get; init; }

    /// <summary>True for refusals only, false for changes only, null for both.</summary>
    public bool? Refused { get; init; }

    /// <summary>Oldest instant wanted (UTC, inclusive).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what is newer than this line; <see cref="Since"/> means nothing beside it.</summary>
    public ActivityKey? After { get; init; }

    /// <summary>Only what is older than this line.</summary>
    public ActivityKey? Before { get; init; }
}

/// <summary>A part of the lines that match.</summary>
/// <param name="Total">How many match, as far as lists count: at most <see cref="Activities.Reach"/>.</param>
/// <param name="Older">
/// On the last page of them: where to go on, when there is more than was counted, or more than was searched. Null when that is all.
/// </param>
/// <param name="Searched">How many lines were looked at for a text, when <paramref name="Older"/> is where that ended.</param>
public sealed record ActivityPage(IReadOnlyList<Activity> Items, int Total, ActivityKey? Older, int? Searched);
