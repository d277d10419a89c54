using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>
/// The names and changed values of one journal row: everything in it that can be personal. It can be erased without breaking the chain
/// of digests.
/// </summary>
public sealed class JournalValues : IWrittenByStatements
{
    public required long Seq { get; init; }

    /// <summary>What the actor was called.</summary>
    public required string Actor { get; init; }

    /// <summary>What the changed thing was called.</summary>
    public string? Subject { get; init; }

    /// <summary>Name of the person when a single membership changed.</summary>
    public string? Member { get; init; }

    /// <summary>How many members were added; their identifiers stand in <see cref="Changes"/>.</summary>
    public int Added { get; init; }

    /// <summary>How many members were removed; their identifiers stand in <see cref="Changes"/>.</summary>
    public int Removed { get; init; }

    /// <summary>JSON list with a list of three for each change: attribute, before, after. Null when there is none.</summary>
    public string? Changes { get; init; }
}
