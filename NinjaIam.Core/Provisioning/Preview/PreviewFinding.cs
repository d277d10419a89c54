namespace NinjaIam.Core.Provisioning.Preview;

/// <summary>What a request would come to. Stored as a number.</summary>
public enum PreviewResult
{
    /// <summary>A person or group that is not there yet.</summary>
    New,

    /// <summary>Somebody kept by hand is taken over.</summary>
    Adopted,

    /// <summary>Somebody who left comes back.</summary>
    Returns,

    /// <summary>A person or group that is managed already changes.</summary>
    Changes,

    /// <summary>A person becomes Inactive, or a person or group is deleted.</summary>
    Leaves,

    /// <summary>An administrator has to decide first.</summary>
    Waits,

    /// <summary>Somebody else has the name or another value that only one may have.</summary>
    Collides,

    Refused,
}

/// <summary>What was found out about one person or group while a provider is in preview. The latest request about it counts.</summary>
public sealed class PreviewFinding
{
    public long Id { get; init; }

    public required Guid ProviderId { get; init; }

    /// <summary>Name of the resource type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Tells what it is about from anything else: the key of the name in a POST, else the id.</summary>
    public required string Key { get; init; }

    public required PreviewResult Result { get; init; }

    /// <summary>The name, or the id where the request has no name.</summary>
    public required string Subject { get; init; }

    /// <summary>Why it collides or is refused, as the client would be told; null where it would be done.</summary>
    public string? Detail { get; init; }

    /// <summary>Whom it is about, where that person or group is here already.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>When it was last found so (UTC).</summary>
    public required DateTimeOffset At { get; init; }
}
