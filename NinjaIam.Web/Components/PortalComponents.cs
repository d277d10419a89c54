using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Web.Appearance;
using NinjaIam.Web.Components.Layout;
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
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InstallationNotice>();
        services.TryAddScoped<PersonClock>();
        return services;
    }

    /// <summary>Call it after authentication and authorization: antiforgery ties its tokens to who is signed in.</summary>
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

                return next(context);
            }
        );
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapAppearance();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
