using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NinjaIam.Tests.Support;

/// <summary>A mail as a server took it: the envelope, and headers and text as they were sent.</summary>
public sealed record ReceivedMail(string Sender, IReadOnlyList<string> Recipients, string Content, bool WasEncrypted, string? UserName)
{
    /// <summary>The lines above the first empty one, unfolded.</summary>
    public IReadOnlyList<string> Headers =>
        Content
            .Split("\r\n\r\n")[0]
            .Replace("\r\n ", " ", StringComparison.Ordinal)
            .Replace("\r\n\t", " ", StringComparison.Ordinal)
            .Split("\r\n");

    public string Text => Content[(Content.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public string? Header(string name) =>
        Headers.FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}

/// <summary>
/// A mail server on a free port of this machine that speaks enough of SMTP: real sockets, and what it is told to refuse it refuses.
/// </summary>
public sealed class MailServer : IDisposable
{
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private TcpListener? _listener;
    private CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private int _connections;
    private int _taken;

    public int Port { get; private set; }

    public bool OffersStartTls { get; init; }

    /// <summary>Speaks TLS from the first byte.</summary>
    public bool IsEncrypted { get; init; }

    public (string UserName, string Password)? Account { get; init; }

    /// <summary>What a recipient is answered with; null for being accepted.</summary>
    public string? RefusesRecipient { get; set; }

    /// <summary>What a greeting is in place of; null for a server that works.</summary>
    public string? RefusesConnection { get; set; }

    public IReadOnlyList<ReceivedMail> Received => [.. _received];

    public int Connections => _connections;

    /// <summary>The next mail that arrives; waits for it.</summary>
    public async Task<ReceivedMail> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _arrived.WaitAsync(patience.Token);
        return Received[_taken++];
    }

    public byte[] Fingerprint => SHA256.HashData(_certificate.RawData);

    public MailServer Start()
    {
        _stop = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener, _stop.Token);
        return this;
    }

    public void Stop()
    {
        _stop.Cancel();
        _listener?.Stop();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
        _certificate.Dispose();
        _arrived.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _connections);
            _ = TalkAsync(client, stop);
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (IsEncrypted)
                {
                    stream = await EncryptAsync(stream, stop);
                }

                await new Conversation(this, stream, IsEncrypted).RunAsync(stop);
            }
            catch (Exception exception)
                when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side has gone, or does not believe the certificate.
            }
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream, CancellationToken stop)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop);
        return encrypted;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var created = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pfx), null);
    }

    private sealed class Conversation(MailServer server, Stream stream, bool isEncrypted)
    {
        private readonly List<string> _recipients = [];
        private Stream _stream = stream;
        private bool _isEncrypted = isEncrypted;
        private string _sender = "";
        private string? _userName;

        public async Task RunAsync(CancellationToken stop)
        {
            if (server.RefusesConnection is { } refusal)
            {
                await SayAsync(refusal, stop);
                return;
            }

            await SayAsync("220 mail.example.com ready", stop);
            while (await ReadLineAsync(stop) is { } line)
            {
                var word = line.Split(' ')[0].ToUpperInvariant();
                switch (word)
                {
                    case "EHLO":
                        await GreetAsync(stop);
                        break;
                    case "STARTTLS":
                        await SayAsync("220 go ahead", stop);
                        _stream = await server.EncryptAsync(_stream, stop);
                        _isEncrypted = true;
                        break;
                    case "AUTH":
                        await AuthenticateAsync(line, stop);
                        break;
                    case "MAIL":
                        _sender = Address(line);
                        _recipients.Clear();
                        await SayAsync("250 ok", stop);
                        break;
                    case "RCPT" when server.RefusesRecipient is { } refused:
                        await SayAsync(refused, stop);
                        break;
                    case "RCPT":
                        _recipients.Add(Address(line));
                        await SayAsync("250 ok", stop);
                        break;
                    case "DATA":
                        await SayAsync("354 go on", stop);
                        var content = await ReadContentAsync(stop);
                        server._received.Enqueue(new ReceivedMail(_sender, [.. _recipients], content, _isEncrypted, _userName));
                        server._arrived.Release();
                        await SayAsync("250 taken", stop);
                        break;
                    case "QUIT":
                        await SayAsync("221 bye", stop);
                        return;
                    default:
                        await SayAsync("250 ok", stop);
                        break;
                }
            }
        }

        private Task GreetAsync(CancellationToken stop)
        {
            List<string> words = ["mail.example.com"];
            if (server.OffersStartTls && !_isEncrypted)
            {
                words.Add("STARTTLS");
            }

            if (server.Account is not null)
            {
                words.Add("AUTH PLAIN");
            }

            words.Add("8BITMIME");
            return SayAsync(string.Join("\r\n", words.Select((word, index) => $"250{(index == words.Count - 1 ? ' ' : '-')}{word}")), stop);
        }

        private Task AuthenticateAsync(string line, CancellationToken stop)
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
            if (server.Account != (parts[1], parts[2]))
            {
                return SayAsync("535 5.7.8 wrong", stop);
            }

            _userName = parts[1];
            return SayAsync("235 ok", stop);
        }

        private async Task<string> ReadContentAsync(CancellationToken stop)
        {
            var content = new StringBuilder();
            while (await ReadLineAsync(stop) is { } line and not ".")
            {
                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return content.ToString();
        }

        // Byte by byte: what follows STARTTLS belongs to the encrypted stream.
        private async Task<string?> ReadLineAsync(CancellationToken stop)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, stop) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return null;
        }

        private Task SayAsync(string text, CancellationToken stop) =>
            _stream.WriteAsync(Encoding.UTF8.GetBytes($"{text}\r\n"), stop).AsTask();

        private static string Address(string line) =>
            line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
    }
}
