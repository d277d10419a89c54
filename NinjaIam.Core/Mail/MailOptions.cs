using System.Net.Security;
using MimeKit;

namespace NinjaIam.Core.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Encrypted after the greeting; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not encrypted, for a server on the same machine or in a network that is trusted.</summary>
    None,
}

/// <summary>The server that takes mail, as the configuration names it.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Empty while mail is not set up.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; }

    public MailSecurity Security { get; set; }

    /// <summary>Empty for a server that asks for no name.</summary>
    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender: an address, or a name and an address in angle brackets.</summary>
    public string From { get; set; } = "";

    public bool IsSetUp => Host.Length > 0;

    /// <summary>Whether a text can stand in <see cref="From"/>.</summary>
    public static bool IsSender(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var sender) && sender.Domain.Length > 0;

    /// <summary>The port that servers listen on unless they say otherwise.</summary>
    public static int UsualPort(MailSecurity security) =>
        security switch
        {
            MailSecurity.StartTls => 587,
            MailSecurity.Tls => 465,
            _ => 25,
        };

    /// <summary>Which certificates are believed, in place of those the system trusts. For tests only.</summary>
    internal RemoteCertificateValidationCallback? CheckCertificate { get; set; }
}
