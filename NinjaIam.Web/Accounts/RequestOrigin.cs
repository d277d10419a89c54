using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Accounts;

/// <summary>What a request tells about where it comes from.</summary>
internal static class RequestOrigin
{
    private const int LongestUserAgent = 256;

    /// <summary>For acts before somebody is signed in.</summary>
    public static Origin Anonymous(HttpContext context) =>
        new(Actor.System, Origin.NewRequestId(), AddressOf(context), UserAgentOf(context));

    public static string? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    public static string? UserAgentOf(HttpContext context)
    {
        var text = context.Request.Headers.UserAgent.ToString();
        return text.Length switch
        {
            0 => null,
            > LongestUserAgent => text[..LongestUserAgent],
            _ => text,
        };
    }
}
