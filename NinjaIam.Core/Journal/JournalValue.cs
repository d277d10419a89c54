using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>A name or a changed value that belongs to a journal row. It can be erased without breaking the chain of digests.</summary>
public sealed class JournalValue : IWrittenByStatements
{
    /// <summary>Attribute under which the name of the actor is kept.</summary>
    public const string ActorName = "$actor";

    /// <summary>Attribute under which the name of what was changed is kept.</summary>
    public const string SubjectName = "$subject";

    public required long Seq { get; init; }

    public required int Ordinal { get; init; }

    public required string Attribute { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }
}
