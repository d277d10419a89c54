namespace NinjaIam.Core.Journal;

/// <summary>One change, as its author hands it to <see cref="ChangeJournal.AppendAsync"/>.</summary>
public sealed record JournalEntry(string Kind)
{
    public Guid? ProviderId { get; init; }

    public int? OrganizationId { get; init; }

    /// <summary>"User", "Group", "Provider", "Token", "Organization" or "Session".</summary>
    public string? ResourceType { get; init; }

    /// <summary>The identifier that the portal's addresses use for it.</summary>
    public string? ResourceId { get; init; }

    /// <summary>What it was called when it happened.</summary>
    public string? Subject { get; init; }

    public long? VersionBefore { get; init; }

    public long? VersionAfter { get; init; }

    /// <summary>What changed, attribute by attribute. Secrets never stand here.</summary>
    public IReadOnlyList<ChangedValue> Changes { get; init; } = [];
}

/// <param name="Attribute">Name of the attribute in its SCIM spelling, or of the setting.</param>
/// <param name="Before">Text or JSON; null when there was none.</param>
/// <param name="After">Text or JSON; null when there is none any more.</param>
public sealed record ChangedValue(string Attribute, string? Before, string? After);
