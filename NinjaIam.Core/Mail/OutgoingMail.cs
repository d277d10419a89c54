namespace NinjaIam.Core.Mail;

/// <summary>A mail of plain text to one person.</summary>
/// <param name="Address">One plain address.</param>
/// <param name="Subject">One line; what would end it is taken out.</param>
public sealed record OutgoingMail(string Address, string Subject, string Text)
{
    /// <summary>Whose address it is, so that it stands on their page when it could not be sent; null for somebody without an account.</summary>
    public Guid? AccountId { get; init; }

    // A record prints its members. Addresses and texts must not end up in a log.
    public override string ToString() => "Mail";
}
