using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components;

namespace NinjaIam.Web;

/// <summary>Builds the whole program: portal, SCIM endpoint and background work in one process.</summary>
internal static class PortalApplication
{
    public static WebApplication Build(PortalSettings settings)
    {
        // The content root is where appsettings.json and the published files lie, however and from wherever the program was started.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(PortalApplication).Assembly.GetName().Name,
            }
        );
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(settings.Urls ?? builder.Configuration["Urls"] ?? "http://127.0.0.1:5080");
        builder.Services.AddSignIn();
        builder.Services.AddPortalComponents();
        var app = builder.Build();
        app.MapStaticAssets();
        app.MapPortalComponents();
        return app;
    }
}
