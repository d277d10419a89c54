using System.Net;

namespace NinjaIam.Bench;

/// <summary>Whom requests go to: the portal, or the same server without anything behind it.</summary>
/// <param name="BasePath">What stands before <c>/Users</c>.</param>
/// <param name="MoreHeaders">Whole header lines, each with its line end.</param>
internal sealed record Target(IPEndPoint Address, string BasePath, string Token, string MoreHeaders = "")
{
    public static Target Of(string baseUrl, string token)
    {
        var url = new Uri(baseUrl);
        return new Target(new IPEndPoint(IPAddress.Parse(url.Host), url.Port), url.AbsolutePath.TrimEnd('/'), token);
    }
}
