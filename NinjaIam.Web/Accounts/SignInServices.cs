using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Adds signing in to the portal.</summary>
internal static class SignInServices
{
    public const string SignInPath = "/sign-in";
    public const string ReplyPath = "/sign-in/reply";
    public const string SignOutPath = "/sign-out";
    public const string NoAccessPath = "/no-access";
    public const string FormsCookie = "ninjaiam-forms";
    public const string NotAllowedPath = "/not-allowed";
    public const string ReturnUrl = "returnUrl";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<FirstRunLink>();
        services.AddSingleton<SignInCompletion>();
        services.AddScoped<PersonCookieEvents>();
        services.AddScoped<CurrentPerson>();
        services.AddScoped<AuthenticationStateProvider, PersonWatch>();
        services.AddScoped<CircuitHandler, SessionActivity>();
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                options =>
                {
                    options.Cookie.Name = "ninjaiam";
                    options.Cookie.Path = "/";
                    options.Cookie.HttpOnly = true;
                    options.Cookie.SameSite = SameSiteMode.Lax;
                    options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    options.CookieManager = new PortalCookies();
                    // The session's row decides when it ends; the cookie only may not outlive the longest one.
                    options.ExpireTimeSpan = Sessions.Longest;
                    options.SlidingExpiration = false;
                    options.LoginPath = SignInPath;
                    options.AccessDeniedPath = NoAccessPath;
                    options.ReturnUrlParameter = ReturnUrl;
                    options.EventsType = typeof(PersonCookieEvents);
                }
            )
            .AddSigningIn();
        services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie.Name = FormsCookie;
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // A strict one is not sent with the page that an identity provider leads to; the new one made there would spoil every open form.
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.SuppressXFrameOptionsHeader = true;
        });
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Policies.SystemAdministrator,
                policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.IsSystemAdministrator())
            )
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser());
        return services;
    }

    /// <summary>Finds out who is signed in and turns away who may not see what was asked for.</summary>
    public static IApplicationBuilder UseSignIn(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        return app.Use(
            (context, next) =>
            {
                // A second tab still shows the form after the first has signed in. Its antiforgery token is nobody's by now,
                // and there is nothing to do any more.
                if (
                    HttpMethods.IsPost(context.Request.Method)
                    && context.Request.Path.StartsWithSegments(SignInPath, StringComparison.OrdinalIgnoreCase)
                    && context.User.IsSignedIn()
                )
                {
                    context.Response.Redirect(LocalPath.Of(context.Request.Query[ReturnUrl]));
                    return Task.CompletedTask;
                }

                return next(context);
            }
        );
    }
}
