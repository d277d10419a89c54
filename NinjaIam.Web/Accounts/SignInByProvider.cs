using NinjaIam.Core.Outcomes;
using NinjaIam.Core.SingleSignOn;

namespace NinjaIam.Web.Accounts;

/// <summary>The addresses that lead straight to an identity provider.</summary>
internal static class SignInByProvider
{
    public static IEndpointRouteBuilder MapSignInByProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{SignInServices.SignInPath}/{{identifier:length(12)}}", StartAsync).AllowAnonymous();
        routes.MapGet(TestPath("{identifier}"), TestAsync).RequireAuthorization(Policies.SystemAdministrator);
        return routes;
    }

    /// <summary>Where a test of the connection starts, in a tab of its own.</summary>
    public static string TestPath(string identifier) => $"/administration/test-connection/{identifier}";

    /// <summary>Where a sign-in by one provider starts.</summary>
    public static string StartPath(string identifier, string? returnPath) =>
        $"{SignInServices.SignInPath}/{identifier}{QueryString.Create(SignInServices.ReturnUrl, LocalPath.Of(returnPath))}";

    private static async Task StartAsync(HttpContext http, string identifier, SignOnStart start)
    {
        var path = LocalPath.Of(http.Request.Query[SignInServices.ReturnUrl]);
        if (http.User.IsSignedIn())
        {
            http.Response.Redirect(path == LocalPath.Start ? HomePaths.Of(http.User) : path);
            return;
        }

        Answer(http, await start.RedirectAsync(http, identifier, path, tester: null, http.RequestAborted));
    }

    private static async Task TestAsync(HttpContext http, string identifier, SignOnStart start) =>
        Answer(
            http,
            await start.RedirectAsync(http, identifier, LocalPath.Start, CurrentPerson.OriginOf(http.User).Actor.Id, http.RequestAborted)
        );

    private static void Answer(HttpContext http, Outcome<Uri> target)
    {
        http.Response.Headers.CacheControl = "no-store";
        var address = target.Match<string?>(uri => uri.AbsoluteUri, _ => null);
        if (address is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else
        {
            http.Response.Redirect(address);
        }
    }
}
