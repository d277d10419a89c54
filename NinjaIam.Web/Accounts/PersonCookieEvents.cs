using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Asks for every request whether the session that the cookie names still lives, and who its person is now.</summary>
internal sealed class PersonCookieEvents(Sessions sessions) : CookieAuthenticationEvents
{
    // Requests of scripts, which cannot follow a redirect to a page.
    private static readonly string[] NotPages = ["/_blazor", "/_framework", "/api", PasskeyEndpoints.Root];

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var request = context.HttpContext;
        if (request.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return;
        }

        var live =
            context.Principal?.SessionId() is { } id && await sessions.FindAsync(id, request.RequestAborted) is { } found ? found : null;
        if (live is null || live.SecurityStamp != context.Principal?.FindFirstValue(PersonClaims.SecurityStamp))
        {
            context.RejectPrincipal();
            await request.SignOutAsync(context.Scheme.Name);
            return;
        }

        await sessions.SeenAsync(live.Id, request.RequestAborted);
        context.ReplacePrincipal(PersonIdentity.Of(live, RequestOrigin.AddressOf(request), RequestOrigin.UserAgentOf(request)));
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsPage(context.Request) ? base.RedirectToLogin(context) : AnswerAsync(context, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!IsPage(context.Request))
        {
            return AnswerAsync(context, StatusCodes.Status403Forbidden);
        }

        // The first page is the dashboard, which others than system administrators do not have; they mean their own.
        var request = context.Request;
        var home = HomePaths.Of(context.HttpContext.User);
        var isAtStart = request.Path == LocalPath.Start || home == SignInServices.NoAccessPath;
        context.Response.Redirect(isAtStart ? home : SignInServices.NotAllowedPath);
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        !NotPages.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
