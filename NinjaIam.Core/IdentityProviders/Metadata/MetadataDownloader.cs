using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.IdentityProviders.Metadata;

/// <summary>
/// Fetches metadata from an address an administrator typed, without letting that address reach into the installation's own network:
/// https and public addresses only, except for hosts opened by the configuration <c>Saml:MetadataHosts</c>.
/// </summary>
public sealed class MetadataDownloader : IDisposable
{
    public const int MaxRedirects = 3;

    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _openedHosts;
    private readonly ILogger<MetadataDownloader> _logger;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeSpan _limit;
    private readonly HttpClient _client;

    public MetadataDownloader(IEnumerable<string> openedHosts, ILogger<MetadataDownloader> logger)
        : this(openedHosts, logger, Dns.GetHostAddressesAsync, DefaultLimit) { }

    internal MetadataDownloader(
        IEnumerable<string> openedHosts,
        ILogger<MetadataDownloader> logger,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        TimeSpan limit
    )
    {
        _openedHosts = openedHosts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _logger = logger;
        _resolve = resolve;
        _limit = limit;
        // No proxy: it would look names up itself, past the check of the address.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.Zero,
            UseCookies = false,
            UseProxy = false,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/samlmetadata+xml, application/xml, text/xml, */*;q=0.5");
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("NinjaIam");
    }

    public void Dispose() => _client.Dispose();

    public async Task<Outcome<ReadOnlyMemory<byte>>> DownloadAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var url))
        {
            return Refuse("This is not a web address. Enter the whole address of the metadata, starting with https://.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            return await FollowAsync(url, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refuse(
                $"{url.Host} did not deliver the metadata within {_limit.TotalSeconds:0.#} seconds. "
                    + "Try again, or download the file yourself and import that."
            );
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Explain(exception, url.Host);
        }
    }

    private async Task<Outcome<ReadOnlyMemory<byte>>> FollowAsync(Uri start, CancellationToken cancellationToken)
    {
        var url = start;
        for (var redirects = 0; ; redirects++)
        {
            if (Check(url, redirects) is { } refusal)
            {
                return refusal;
            }

            HttpResponseMessage response;
            try
            {
                response = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                return Explain(exception, url.Host);
            }

            using (response)
            {
                if (
                    response.StatusCode
                    is not (
                        HttpStatusCode.MovedPermanently
                        or HttpStatusCode.Found
                        or HttpStatusCode.SeeOther
                        or HttpStatusCode.TemporaryRedirect
                        or HttpStatusCode.PermanentRedirect
                    )
                )
                {
                    return await ReadAsync(response, url.Host, cancellationToken);
                }

                if (redirects == MaxRedirects)
                {
                    return Refuse($"The address redirects more than {MaxRedirects} times. Enter the address it leads to in the end.");
                }

                if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next))
                {
                    return Refuse($"{url.Host} redirects without a usable address to go to. Download the file yourself and import that.");
                }

                url = next;
            }
        }
    }

    private Refusal? Check(Uri url, int redirects)
    {
        var what = redirects == 0 ? "The address" : $"The address redirects to {url.Host}, which";
        if (url.Scheme == Uri.UriSchemeHttp && !IsOpened(url.IdnHost))
        {
            return Refuse(
                $"{what} uses http, so anybody on the way could replace the metadata. Use https, "
                    + "or allow this host by the setting Saml:MetadataHosts."
            );
        }

        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            return Refuse($"{what} does not use https. Enter the https address of the metadata.");
        }

        return url.UserInfo.Length > 0
            ? Refuse($"{what} contains a user name or password. Use an address that needs neither, or import the file.")
            : null;
    }

    private static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        HttpResponseMessage response,
        string host,
        CancellationToken cancellationToken
    )
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var status = (int)response.StatusCode;
            return Refuse(
                status switch
                {
                    401 or 403 => $"{host} does not give the metadata out without signing in (status {status}). "
                        + "Download the file yourself and import that.",
                    404 or 410 => $"{host} has nothing at this address (status {status}). Copy the address of the metadata again.",
                    _ => $"{host} answered with status {status} instead of the metadata. Try again later, or import the file.",
                }
            );
        }

        if (response.Content.Headers.ContentLength > SamlMetadataReader.MaxBytes)
        {
            return TooLarge(host);
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[SamlMetadataReader.MaxBytes + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > SamlMetadataReader.MaxBytes)
        {
            return TooLarge(host);
        }

        return new ReadOnlyMemory<byte>(buffer, 0, length);
    }

    /// <summary>
    /// The address that is connected to is the one that was checked: a name that answers differently the next time gains nothing.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken);
        var allowed = IsOpened(host) ? addresses : Array.FindAll(addresses, PublicAddress.Is);
        if (allowed.Length == 0)
        {
            if (addresses.Length == 0)
            {
                throw new SocketException((int)SocketError.HostNotFound);
            }

            Log.RefusedAddress(_logger, host, addresses[0]);
            throw new RefusedAddressException();
        }

        for (var attempt = 0; ; attempt++)
        {
            var socket = new Socket(allowed[attempt].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[attempt], port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (attempt < allowed.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private bool IsOpened(string host) => _openedHosts.Contains(host.Trim('[', ']'));

    private static Refusal Explain(Exception exception, string host)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RefusedAddressException:
                    return Refuse(
                        $"{host} leads to an address inside a private network, which is never read from. "
                            + "Import the file, or allow this host by the setting Saml:MetadataHosts."
                    );
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return Refuse($"The name {host} was not found. Check the address for typing errors.");
                case AuthenticationException:
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return Refuse(
                        $"The secure connection (TLS) to {host} failed; its certificate may be expired or not trusted here. "
                            + "Correct it there, or import the file."
                    );
                case SocketException:
                    return Refuse($"{host} could not be reached. Check address and port, and whether this server may connect to it.");
                default:
                    break;
            }
        }

        return Refuse($"The connection to {host} broke off before the metadata was complete. Try again, or import the file.");
    }

    private static Refusal TooLarge(string host) =>
        Refuse($"What {host} delivers is larger than 1 MB. Use the address of the metadata of this one application.");

    private static Refusal Refuse(string detail) => new(RefusalKind.InvalidValue, detail);
}
