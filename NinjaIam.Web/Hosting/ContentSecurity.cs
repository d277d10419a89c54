using System.Security.Cryptography;
using Microsoft.AspNetCore.Components.Endpoints;

namespace NinjaIam.Web.Hosting;

/// <summary>
/// Tells browsers what our pages may load, that nobody may frame or keep them, and to stay with HTTPS where a request came over it.
/// </summary>
internal static class ContentSecurity
{
    private const string StayEncrypted = "max-age=31536000";

    private static readonly object NonceKey = new();

    public static IApplicationBuilder UseContentSecurity(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (context.Request.IsHttps)
                {
                    headers.StrictTransportSecurity = StayEncrypted;
                }

                if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
                {
                    headers.CacheControl = "no-store";
                }

                // MudBlazor sets styles on elements. The import map is the one script that stands in the page.
                headers.ContentSecurityPolicy =
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + $"script-src 'self' 'nonce-{NonceOf(context)}'; object-src 'none'; base-uri 'self'; "
                    + "form-action 'self'; frame-ancestors 'none'";
                return next(context);
            }
        );

    /// <summary>For the one page whose form leads to an identity provider: to that origin and to no other, also not to ours.</summary>
    public static void LetFormsLeadTo(HttpContext context, Uri target)
    {
        var origin = $"{target.Scheme}://{target.IdnHost}{(target.IsDefaultPort ? "" : $":{target.Port}")}";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; "
            + $"form-action {origin}; frame-ancestors 'none'";
    }

    /// <summary>What marks a script in the page of this request as ours.</summary>
    public static string NonceOf(HttpContext context)
    {
        if (context.Items[NonceKey] is not string nonce)
        {
            nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
            context.Items[NonceKey] = nonce;
        }

        return nonce;
    }
}
