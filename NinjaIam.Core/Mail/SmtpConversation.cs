using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace NinjaIam.Core.Mail;

/// <summary>One connection to the mail server. Every step answers null, or why it failed in words an administrator can act on.</summary>
internal sealed class SmtpConversation(MailOptions options) : IAsyncDisposable
{
    private const int LongestReason = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SmtpClient _client = new()
    {
        Timeout = (int)Patience.TotalMilliseconds,
        // As with every other connection of the program: revocation lists of private authorities can seldom be reached.
        CheckCertificateRevocation = false,
        ServerCertificateValidationCallback = options.CheckCertificate,
    };

    public bool IsOpen => _client.IsConnected;

    public Task<string?> OpenAsync(CancellationToken cancellationToken) =>
        TryAsync(
            async () =>
            {
                await _client.ConnectAsync(options.Host, options.Port, SecurityOf(options.Security), cancellationToken);
                if (options.UserName.Length > 0)
                {
                    await _client.AuthenticateAsync(options.UserName, options.Password, cancellationToken);
                }
            },
            cancellationToken
        );

    public Task<string?> SendAsync(
        Guid id,
        string address,
        string subject,
        string text,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => TryAsync(() => _client.SendAsync(MessageOf(id, address, subject, text, at), cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            // The mail is sent; a server that does not say goodbye changes nothing about it.
            await TryAsync(() => _client.DisconnectAsync(quit: true, CancellationToken.None), CancellationToken.None);
        }

        _client.Dispose();
    }

    private MimeMessage MessageOf(Guid id, string address, string subject, string text, DateTimeOffset at)
    {
        var sender = MailboxAddress.Parse(options.From);
        var message = new MimeMessage
        {
            Subject = MailOutbox.OneLine(subject),
            Date = at,
            MessageId = $"{id:N}@{sender.Domain}",
            Body = new TextPart("plain") { Text = text },
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress("", address));
        // Nobody is answered by a note that they are on holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) =>
        security switch
        {
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };

    private async Task<string?> TryAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var reason = string.Join(' ', ReasonOf(exception).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return reason.Length <= LongestReason ? reason : reason[..LongestReason];
        }
    }

    private string ReasonOf(Exception exception) =>
        exception switch
        {
            SmtpCommandException refused => string.Create(
                CultureInfo.InvariantCulture,
                $"The mail server answered {(int)refused.StatusCode} {refused.Message}"
            ),
            AuthenticationException refused => $"The mail server refused user name and password. {refused.Message}",
            NotSupportedException when options.Security == MailSecurity.StartTls && !_client.IsSecure =>
                "The mail server does not offer STARTTLS, and nothing is sent without encryption. Set Mail:Security to Tls or None.",
            SslHandshakeException { InnerException: { } inner } => $"There is no encrypted connection to the mail server. {inner.Message}",
            SocketException => $"The mail server cannot be reached. {exception.Message}",
            ServiceNotConnectedException or SmtpProtocolException or IOException =>
                $"The mail server broke the connection off. {exception.Message}",
            TimeoutException => "The mail server did not answer in time.",
            _ => exception.Message,
        };
}
