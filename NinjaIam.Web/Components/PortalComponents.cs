using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Appearance;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Permitted;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components;

/// <summary>Adds the pages of the portal and what they are made of to the program.</summary>
internal static class PortalComponents
{
    private static readonly string[] NotForPeople =
    [
        "/scim",
        "/saml",
        "/api",
        "/hooks",
        "/healthz",
        "/_blazor",
        "/_framework",
        "/_content",
        PasskeyEndpoints.Root,
    ];

    public static IServiceCollection AddPortalComponents(this IServiceCollection services)
    {
        services
            .AddRazorComponents()
            .AddInteractiveServerComponents()
            // Pasted metadata arrives in one message.
            .AddHubOptions(options => options.MaximumReceiveMessageSize = 4 * SamlMetadataReader.MaxBytes);
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddAntiforgery();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
        });
        services.AddRequestLocalization(options =>
        {
            // Dates and numbers follow the browser's language; words exist in English only.
            options.SupportedCultures = CultureInfo.GetCultures(CultureTypes.SpecificCultures);
            options.SupportedUICultures = [CultureInfo.GetCultureInfo("en")];
            options.SetDefaultCulture("en-US");
            // What somebody chose here goes before what their browser asks for.
            options.RequestCultureProviders.Insert(
                0,
                new CustomRequestCultureProvider(http =>
                    Task.FromResult(
                        http.User.FindFirst(PersonClaims.Language)?.Value is { } language ? new ProviderCultureResult(language, "en") : null
                    )
                )
            );
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InstallationNotice>();
        services.TryAddScoped<PersonClock>();
        services.TryAddScoped<ScimActions>();
        services.TryAddScoped<SingleSignOnActions>();
        return services;
    }

    /// <summary>Leaves a page that does not say for whom it is to system administrators.</summary>
    private static void RestrictPage(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is not { Type: var page })
        {
            return;
        }

        var says = page.GetCustomAttributes(inherit: true);
        if (!says.OfType<IAllowAnonymous>().Any() && !says.OfType<AuthorizeAttribute>().Any(attribute => attribute.Policy is not null))
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.SystemAdministrator));
        }
    }

    /// <summary>Adds the pages, who may see them, and what is shown in place of a page that does not exist.</summary>
    public static WebApplication MapPortalComponents(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(
            (context, next) =>
            {
                if (NotForPeople.Any(prefix => context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)))
                {
                    context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
                }

                // The page that explains a refused form is asked for, not posted to.
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                {
                    context.Request.Method = HttpMethods.Get;
                }

                return next(context);
            }
        );
        // After the pages for errors, which are pages as well; before antiforgery, which ties its tokens to who is signed in.
        app.UseSignIn();
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.Use(
            (context, next) =>
            {
                // Left to the page, the refusal would have no words.
                if (
                    !HttpMethods.IsGet(context.Request.Method)
                    && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
                )
                {
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return Task.CompletedTask;
                }

                return next(context);
            }
        );
        app.MapAppearance();
        app.MapPeopleExport();
        app.MapPermittedExport();
        app.MapRazorComponents<App>()
            // Compressed together with foreign text, a secret on a page could be guessed from the length of the frames.
            .AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true)
            // Nobody who is not signed in gets a circuit.
            .RequireAuthorization(Policies.SignedIn)
            .Add(RestrictPage);
        return app;
    }
}
