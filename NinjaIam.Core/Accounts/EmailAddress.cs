using System.Net.Mail;

namespace NinjaIam.Core.Accounts;

public static class EmailAddress
{
    /// <summary>True for one plain address with a domain, without a display name around it.</summary>
    public static bool IsWellFormed(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Length > 0 && !text.Any(char.IsControl);
}
