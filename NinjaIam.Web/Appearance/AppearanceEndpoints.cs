using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace NinjaIam.Web.Appearance;

internal static class AppearanceEndpoints
{
    public const string ChoicePath = "/appearance";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static IEndpointRouteBuilder MapAppearance(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(AppearanceStyles.Path, Styles).AllowAnonymous();
        routes.MapPost(ChoicePath, Choose).AllowAnonymous();
        return routes;
    }

    private static ContentHttpResult Styles(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Text(AppearanceStyles.Css, "text/css; charset=utf-8");
    }

    // A form, because a cookie cannot be set over a circuit. Antiforgery holds for it as for every form.
    private static RedirectHttpResult Choose([FromForm] string choice, HttpContext context)
    {
        context.Response.Cookies.Append(
            AppearanceCookie.Name,
            AppearanceCookie.Write(AppearanceCookie.Parse(choice)),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Kept,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            }
        );
        return TypedResults.LocalRedirect(PageBefore(context.Request));
    }

    private static string PageBefore(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var before)
        && string.Equals(before.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && !before.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? before.PathAndQuery
            : "/";
}
