using NinjaIam.Web.Accounts;
using NinjaIam.Web.Appearance;

namespace NinjaIam.Web.Hosting;

/// <summary>
/// Gives the cookies whose name is fixed when the program starts the prefix that <see cref="PortalCookies"/> gives the others: over HTTPS
/// they are sent with it, and taken with it alone.
/// </summary>
internal static class HostCookies
{
    private static readonly string[] Names = [SignInServices.FormsCookie, AppearanceCookie.Name];

    public static IApplicationBuilder UseHostCookies(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Request.IsHttps)
                {
                    context.Request.Headers.Cookie = string.Join("; ", Taken(context.Request.Headers.Cookie.ToString()));
                    context.Response.OnStarting(() =>
                    {
                        var headers = context.Response.Headers;
                        headers.SetCookie = headers
                            .SetCookie.Select(cookie => IsOurs(cookie ?? "") ? PortalCookies.Prefix + cookie : cookie)
                            .ToArray();
                        return Task.CompletedTask;
                    });
                }

                return next(context);
            }
        );

    private static IEnumerable<string> Taken(string header) =>
        header
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(cookie => !IsOurs(cookie))
            .Select(cookie =>
                cookie.StartsWith(PortalCookies.Prefix, StringComparison.Ordinal) && IsOurs(cookie[PortalCookies.Prefix.Length..])
                    ? cookie[PortalCookies.Prefix.Length..]
                    : cookie
            );

    private static bool IsOurs(string cookie) => Array.Exists(Names, name => cookie.StartsWith($"{name}=", StringComparison.Ordinal));
}
