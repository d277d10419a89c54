using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Hosting;

/// <summary>Where the portal is reached while no address is configured: where it listens.</summary>
internal static class PublicAddress
{
    private static readonly string[] EveryAddress = ["0.0.0.0", "[::]"];

    /// <summary>The first address the program listens on, in a form that can be opened on this machine.</summary>
    public static Uri BoundAddressOf(WebApplication app)
    {
        var bound = new Uri(app.Urls.First());
        return EveryAddress.Contains(bound.Host) ? new UriBuilder(bound) { Host = "localhost" }.Uri : bound;
    }

    public static void SettleAsBound(WebApplication app, bool isDemonstration)
    {
        var address = app.Services.GetRequiredService<PortalAddress>();
        address.Set(BoundAddressOf(app), isConfigured: false);
        if (!isDemonstration)
        {
            app.Services.GetRequiredService<InstallationNotice>().Show(Wording.Fill(HostingTexts.AddressNotConfigured, address.BaseUrl));
        }
    }
}
