using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace NinjaIam.Bench;

/// <summary>
/// HTTP/1.1 over one kept connection, one request at a time. It knows what the portal answers with and nothing more, because it shares
/// the processors with the server that it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int MostBodyBytes = 256 * 1024 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[64 * 1024];
    private int _from;
    private int _to;
    private byte[] _body = new byte[16 * 1024];
    private int _bodyLength;

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body => _body.AsMemory(0, _bodyLength);

    public string Text => Encoding.UTF8.GetString(Body.Span);

    public static async Task<HttpConnection> OpenAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        if (!IPAddress.IsLoopback(address.Address))
        {
            throw new InvalidOperationException($"{address} is not this machine.");
        }

        var connection = new HttpConnection();
        try
        {
            await connection._socket.ConnectAsync(address, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request, reads the answer whole and answers its status.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (request.Length > 0)
        {
            request = request[await _socket.SendAsync(request, cancellationToken)..];
        }

        _bodyLength = 0;
        int end;
        while ((end = _received.AsSpan(_from, _to - _from).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await ReceiveAsync(cancellationToken);
        }

        var (status, length, chunked) = ReadHead(_received.AsSpan(_from, end));
        _from += end + 4;
        if (!chunked)
        {
            await ReadBodyAsync(length, cancellationToken);
            return status;
        }

        while ((length = await ReadChunkSizeAsync(cancellationToken)) > 0)
        {
            await ReadBodyAsync(length, cancellationToken);
            await SkipLineEndAsync(cancellationToken);
        }

        await SkipLineEndAsync(cancellationToken);
        return status;
    }

    public void Dispose() => _socket.Dispose();

    private static (int Status, int Length, bool Chunked) ReadHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException($"Not an HTTP answer: {Encoding.UTF8.GetString(head)}");
        }

        var (length, chunked) = (0, false);
        while (head.IndexOf("\r\n"u8) is var end and >= 0)
        {
            head = head[(end + 2)..];
            if (Utf8Parser.TryParse(ValueOf(head, "Content-Length: "u8), out int number, out _))
            {
                length = number;
            }

            chunked |= ValueOf(head, "Transfer-Encoding: "u8).StartsWith("chunked"u8);
        }

        return (status, length, chunked);
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..] : [];

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadChunkSizeAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _received.AsSpan(_from, _to - _from).IndexOf("\r\n"u8)) < 0)
        {
            await ReceiveAsync(cancellationToken);
        }

        if (!Utf8Parser.TryParse(_received.AsSpan(_from, end), out int size, out _, 'x'))
        {
            throw new IOException("The size of a part of the answer is not a number.");
        }

        _from += end + 2;
        return size;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SkipLineEndAsync(CancellationToken cancellationToken)
    {
        while (_to - _from < 2)
        {
            await ReceiveAsync(cancellationToken);
        }

        _from += 2;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadBodyAsync(int length, CancellationToken cancellationToken)
    {
        if (length > MostBodyBytes - _bodyLength)
        {
            throw new IOException("The answer is larger than anything that is measured here.");
        }

        if (_body.Length < _bodyLength + length)
        {
            Array.Resize(ref _body, Math.Max(_bodyLength + length, _body.Length * 2));
        }

        while (length > 0)
        {
            if (_from == _to)
            {
                await ReceiveAsync(cancellationToken);
            }

            var part = Math.Min(length, _to - _from);
            _received.AsSpan(_from, part).CopyTo(_body.AsSpan(_bodyLength));
            _from += part;
            _bodyLength += part;
            length -= part;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        _received.AsSpan(_from, _to - _from).CopyTo(_received);
        (_from, _to) = (0, _to - _from);
        var read = _to == _received.Length ? 0 : await _socket.ReceiveAsync(_received.AsMemory(_to), cancellationToken);
        if (read == 0)
        {
            throw new IOException("The server closed the connection, or its headers have no end.");
        }

        _to += read;
    }
}
