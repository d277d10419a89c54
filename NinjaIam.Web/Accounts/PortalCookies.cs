using Microsoft.AspNetCore.Authentication.Cookies;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// Gives cookies over HTTPS the prefix that browsers take as a promise: sent by this host, encrypted, for the whole site.
/// Over plain HTTP they would drop such a cookie, so there it has none.
/// </summary>
internal sealed class PortalCookies : ICookieManager
{
    public const string Prefix = "__Host-";
    private readonly ChunkingCookieManager _chunks = new();

    public string? GetRequestCookie(HttpContext context, string key) => _chunks.GetRequestCookie(context, NameIn(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _chunks.AppendResponseCookie(context, NameIn(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _chunks.DeleteCookie(context, NameIn(context, key), options);

    private static string NameIn(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
