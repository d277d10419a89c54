using System.Globalization;
using System.Text;

namespace NinjaIam.Bench;

/// <summary>A request that is the same every time but for a number and an id, which are written into gaps of fixed width.</summary>
/// <param name="path">Below the SCIM base URL.</param>
internal sealed class RequestTemplate(string method, string path, string? body = null)
{
    /// <summary>The gap for a number of seven digits.</summary>
    public const string Number = "#######";

    /// <summary>The gap for an id.</summary>
    public const string Id = "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~";

    public bool IsWrite => body is not null;

    /// <summary>The whole request as it is sent.</summary>
    public FilledRequest For(Target target)
    {
        var content = body is null
            ? "\r\n"
            : $"Content-Type: application/scim+json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        return new FilledRequest(
            $"{method} {target.BasePath}{path} HTTP/1.1\r\nHost: {target.Address}\r\nAuthorization: Bearer {target.Token}\r\n"
                + $"Accept: application/scim+json\r\n{target.MoreHeaders}{content}"
        );
    }

    /// <summary>Only the body, for calls without HTTP.</summary>
    public FilledRequest BodyAlone() => new(body ?? "");
}

/// <summary>The bytes of one connection's request; filling the gaps allocates nothing.</summary>
internal sealed class FilledRequest
{
    private readonly byte[] _bytes;
    private readonly int[] _numbers;
    private readonly int[] _ids;

    public FilledRequest(string text)
    {
        _bytes = Encoding.UTF8.GetBytes(text);
        _numbers = [.. GapsOf(RequestTemplate.Number)];
        _ids = [.. GapsOf(RequestTemplate.Id)];
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public ReadOnlyMemory<byte> Fill(int number, Guid id)
    {
        foreach (var gap in _numbers)
        {
            if (!number.TryFormat(_bytes.AsSpan(gap, RequestTemplate.Number.Length), out _, "D7", CultureInfo.InvariantCulture))
            {
                throw new WorkFailedException("The load has used up its numbers. Give it less time with --seconds.");
            }
        }

        foreach (var gap in _ids)
        {
            id.TryFormat(_bytes.AsSpan(gap), out _);
        }

        return _bytes;
    }

    private IEnumerable<int> GapsOf(string gap)
    {
        var wanted = Encoding.UTF8.GetBytes(gap);
        for (var from = 0; ; )
        {
            var found = _bytes.AsSpan(from).IndexOf(wanted);
            if (found < 0)
            {
                yield break;
            }

            yield return from + found;
            from += found + wanted.Length;
        }
    }
}
