using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Appearance;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Hosting;

namespace NinjaIam.Web.Components;

public sealed partial class App : ComponentBase
{
    // Not prerendered: pages load their rows when they start, and a prerendered page starts twice.
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    private AppearanceChoice Choice => AppearanceCookie.Read(Context.Request);

    // Pages that set cookies are excluded from interactive routing and stay plain forms. Who is not signed in gets no circuit.
    private InteractiveServerRenderMode? Mode =>
        Context.AcceptsInteractiveRouting() && Context.User.IsSignedIn() && !Context.IsRefusedForm() ? Interactive : null;

    private string Nonce => ContentSecurity.NonceOf(Context);
}
