using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

internal static class SignOutEndpoint
{
    public static IEndpointRouteBuilder MapSignOut(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignInServices.SignOutPath, SignOutAsync).AllowAnonymous();
        return routes;
    }

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        Sessions sessions
    )
    {
        // A second tab may sign out after the first has done it; its form is then nobody's and there is nothing left to protect.
        if (context.User.SessionId() is { } id)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return TypedResults.BadRequest();
            }

            await sessions.EndAsync(id, CurrentPerson.OriginOf(context.User), context.RequestAborted);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect(SignInServices.SignInPath);
    }
}
