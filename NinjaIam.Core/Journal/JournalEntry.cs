namespace NinjaIam.Core.Journal;

/// <summary>One change, as its author hands it to <see cref="ChangeJournal.AppendAsync"/>.</summary>
public sealed record JournalEntry(string Kind)
{
    public Guid? ProviderId { get; init; }

    public int? OrganizationId { get; init; }

    /// <summary>"User", "Group", "Provider", "Token", "Organization" or "Session"; for kinds of resources, the name of the resource type.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The identifier that the portal's addresses use for it.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What it was called when it happened.</summary>
    public string? Subject { get; init; }

    public long? VersionBefore { get; init; }

    public long? VersionAfter { get; init; }

    /// <summary>What changed, attribute by attribute. Secrets never stand here.</summary>
    public IReadOnlyList<ChangedValue> Changes { get; init; } = [];

    /// <summary>Of a change of memberships: how many, and of a single one whose.</summary>
    public MembersChanged? Members { get; init; }
}

/// <param name="OnlyName">Name of the person when it is a single one.</param>
public sealed record MembersChanged(int Added, int Removed, string? OnlyName);

/// <param name="Attribute">Name of the attribute in its SCIM spelling, or of the setting.</param>
/// <param name="Before">Text or JSON; null when there was none.</param>
/// <param name="After">Text or JSON; null when there is none any more.</param>
public sealed record ChangedValue(string Attribute, string? Before, string? After);
