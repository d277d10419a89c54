namespace NinjaIam.Core.Storage.Resources;

/// <summary>A resource that SCIM manages: a User or a Group of one provider.</summary>
public sealed record ResourceRow : IWrittenByStatements
{
    /// <summary>Key of all joins and of the default order. It never leaves the process.</summary>
    public long Seq { get; init; }

    public required Guid Id { get; init; }

    public required Guid Provider { get; init; }

    /// <summary>Name of the resource type: "User" or "Group".</summary>
    public required string Type { get; init; }

    /// <summary>Key of userName or displayName; see <see cref="TextKey"/>.</summary>
    public required string NameKey { get; init; }

    public string? ExternalId { get; init; }

    public bool Active { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>What the client may write, as JSON, and nothing else.</summary>
    public required string Doc { get; init; }
}

/// <summary>As much of a resource as an answer needs. The document stays the bytes that are stored.</summary>
internal readonly record struct StoredDocument(
    long Seq,
    Guid Id,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    ReadOnlyMemory<byte> Doc
);

/// <summary>One membership.</summary>
public sealed class MemberRow : IWrittenByStatements
{
    public long GroupSeq { get; init; }

    public long MemberSeq { get; init; }
}

/// <summary>Exact number of resources of a type that a provider can see.</summary>
public sealed class CounterRow : IWrittenByStatements
{
    public required Guid Provider { get; init; }

    public required string Type { get; init; }

    public long Total { get; init; }
}
