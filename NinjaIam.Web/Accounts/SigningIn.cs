using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;

namespace NinjaIam.Web.Accounts;

/// <summary>
/// Leads a browser through the steps of a sign-in. Between them a cookie of its own says whose first factor was right: it opens nothing but
/// the page of the next step.
/// </summary>
internal static class SigningIn
{
    public const string Scheme = "SigningIn";
    public const string CodePath = SignInServices.SignInPath + "/code";
    public const string SecondFactorPath = SignInServices.SignInPath + "/second-factor";

    private const string First = "first";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static AuthenticationBuilder AddSigningIn(this AuthenticationBuilder builder) =>
        builder.AddCookie(
            Scheme,
            options =>
            {
                options.Cookie.Name = "ninjaiam-signing-in";
                options.Cookie.Path = "/";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.CookieManager = new PortalCookies();
                options.ExpireTimeSpan = Longest;
                options.SlidingExpiration = false;
            }
        );

    /// <summary>Gives the browser what the next step needs. Answers the path that leads on, or null for somebody who may not sign in.</summary>
    public static async Task<string?> ContinueAsync(this HttpContext context, SignInStep step, string? returnUrl)
    {
        switch (step)
        {
            case SignInStep.SignedIn(var session):
                return await context.CompleteAsync(session, returnUrl);
            case SignInStep.AskCode(var pending):
                await context.SignInAsync(Scheme, PrincipalOf(pending));
                return WithReturn(CodePath, returnUrl);
            case SignInStep.SetUp(var pending):
                await context.SignInAsync(Scheme, PrincipalOf(pending));
                return WithReturn(SecondFactorPath, returnUrl);
            case SignInStep.UseProvider(var provider):
                return SignInByProvider.StartPath(provider.UniqueIdentifier, returnUrl);
            default:
                return null;
        }
    }

    /// <summary>Signs the browser in. Answers where the person lands.</summary>
    public static async Task<string> CompleteAsync(this HttpContext context, LiveSession session, string? returnUrl)
    {
        await context.SignOutAsync(Scheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, PersonIdentity.Of(session));
        return LocalPath.Of(returnUrl, session.Kind);
    }

    /// <summary>Who is on the way, or null when nobody is, or it took too long.</summary>
    public static async Task<PendingSignIn?> PendingAsync(this HttpContext context) =>
        await context.AuthenticateAsync(Scheme) is { Succeeded: true, Principal: var person }
        && Guid.TryParse(person.FindFirstValue(PersonClaims.AccountId), out var id)
        && Enum.TryParse<FirstFactor>(person.FindFirstValue(First), out var first)
            ? new PendingSignIn(id, person.FindFirstValue(PersonClaims.SecurityStamp) ?? "", first)
            : null;

    private static ClaimsPrincipal PrincipalOf(PendingSignIn pending)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new Claim(PersonClaims.AccountId, pending.AccountId.ToString()));
        identity.AddClaim(new Claim(PersonClaims.SecurityStamp, pending.SecurityStamp));
        identity.AddClaim(new Claim(First, pending.First.ToString()));
        return new ClaimsPrincipal(identity);
    }

    private static string WithReturn(string path, string? returnUrl) =>
        LocalPath.Of(returnUrl) is var local && local != LocalPath.Start
            ? $"{path}?{SignInServices.ReturnUrl}={Uri.EscapeDataString(local)}"
            : path;
}
