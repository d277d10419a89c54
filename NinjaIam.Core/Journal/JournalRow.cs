using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>A stored journal entry. Rows are appended and never changed; personal values stand in <see cref="JournalValues"/> only.</summary>
public sealed class JournalRow : IWrittenByStatements
{
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public required string RequestId { get; init; }

    public ActorKind ActorKind { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorToken { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public Guid? ProviderId { get; init; }

    public int? OrganizationId { get; init; }

    public string? ResourceType { get; init; }

    public string? ResourceId { get; init; }

    public required string Kind { get; init; }

    public long? VersionBefore { get; init; }

    public long? VersionAfter { get; init; }

    /// <summary>Mixed into <see cref="ValuesDigest"/> so that erased values cannot be guessed from it; erased together with them.</summary>
    public byte[]? Salt { get; init; }

    public required byte[] ValuesDigest { get; init; }

    /// <summary>SHA-256 over the previous row's digest and this row; the chain shows any later change.</summary>
    public required byte[] Digest { get; init; }
}
