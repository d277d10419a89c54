using NinjaIam.Core.Outcomes;
using NinjaIam.Core.SingleSignOn;

namespace NinjaIam.Web.Accounts;

/// <summary>The addresses that lead straight to an identity provider.</summary>
internal static class SignInByProvider
{
    /// <param name="post">The page that posts a request to an identity provider which takes it in no other way.</param>
    public static IEndpointRouteBuilder MapSignInByProvider(
        this IEndpointRouteBuilder routes,
        Func<HttpContext, SignOnRequest.Post, IResult> post
    )
    {
        routes
            .MapGet(
                $"{SignInServices.SignInPath}/{{identifier:length(12)}}",
                async (HttpContext http, string identifier, SignOnStart start) => await StartAsync(http, identifier, start, post)
            )
            .AllowAnonymous();
        routes
            .MapGet(
                TestPath("{identifier}"),
                async (HttpContext http, string identifier, SignOnStart start) => await TestAsync(http, identifier, start, post)
            )
            .RequireAuthorization(Policies.SystemAdministrator);
        return routes;
    }

    /// <summary>Where a test of the connection starts, in a tab of its own.</summary>
    public static string TestPath(string identifier) => $"/administration/test-connection/{identifier}";

    /// <summary>Where a sign-in by one provider starts.</summary>
    public static string StartPath(string identifier, string? returnPath) =>
        $"{SignInServices.SignInPath}/{identifier}{QueryString.Create(SignInServices.ReturnUrl, LocalPath.Of(returnPath))}";

    private static async Task<IResult> StartAsync(
        HttpContext http,
        string identifier,
        SignOnStart start,
        Func<HttpContext, SignOnRequest.Post, IResult> post
    )
    {
        var path = LocalPath.Of(http.Request.Query[SignInServices.ReturnUrl]);
        return http.User.IsSignedIn()
            ? Results.Redirect(path == LocalPath.Start ? HomePaths.Of(http.User) : path)
            : Answer(http, await start.BeginAsync(http, identifier, path, tester: null, http.RequestAborted), post);
    }

    private static async Task<IResult> TestAsync(
        HttpContext http,
        string identifier,
        SignOnStart start,
        Func<HttpContext, SignOnRequest.Post, IResult> post
    )
    {
        var tester = CurrentPerson.OriginOf(http.User).Actor.Id;
        return Answer(http, await start.BeginAsync(http, identifier, LocalPath.Start, tester, http.RequestAborted), post);
    }

    private static IResult Answer(HttpContext http, Outcome<SignOnRequest> outcome, Func<HttpContext, SignOnRequest.Post, IResult> post)
    {
        http.Response.Headers.CacheControl = "no-store";
        return outcome.Match(
            request =>
                request switch
                {
                    SignOnRequest.Redirect(var address) => Results.Redirect(address.AbsoluteUri),
                    SignOnRequest.Post posted => post(http, posted),
                    _ => throw new InvalidOperationException("There is no other way to an identity provider."),
                },
            _ => Results.StatusCode(StatusCodes.Status404NotFound)
        );
    }
}
