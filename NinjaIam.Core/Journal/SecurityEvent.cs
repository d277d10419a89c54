using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>
/// Something that was refused and changed nothing: a wrong token, a refused request, a refused sign-in. Equal events of one minute are
/// one row with a count.
/// </summary>
public sealed class SecurityEvent : IWrittenByStatements
{
    public long Id { get; init; }

    /// <summary>Start of the minute (UTC).</summary>
    public DateTimeOffset Minute { get; init; }

    /// <summary>Start of the SHA-256 of everything that equal events have in common; unique within the minute.</summary>
    public required byte[] Digest { get; init; }

    public required string Cause { get; init; }

    public Guid? ProviderId { get; init; }

    /// <summary>Public id of the token that was shown, where one could be read.</summary>
    public string? Token { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Method and path of the request, without its query.</summary>
    public string? Request { get; init; }

    /// <summary>HTTP status that was answered, where there was one.</summary>
    public int? Status { get; init; }

    /// <summary>The precise reason in words. A client may have been told less.</summary>
    public required string Detail { get; init; }

    public int Count { get; init; }

    public DateTimeOffset LastAt { get; init; }

    /// <summary>Identifier of the last such request.</summary>
    public required string RequestId { get; init; }
}
