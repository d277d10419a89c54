namespace NinjaIam.Core.Mail;

/// <summary>A mail that waits to be sent. The row goes when the server has taken it, or when it is given up.</summary>
public sealed class QueuedMail
{
    /// <summary>Also the Message-ID, by which a mail that is sent twice is recognized as one.</summary>
    public required Guid Id { get; init; }

    public Guid? AccountId { get; init; }

    public required string Address { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset NextTryAt { get; set; }

    public int Tries { get; set; }

    /// <summary>Why the last try failed, in the words of the server where it had any.</summary>
    public string? LastFailure { get; set; }
}
