using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Layout;

/// <summary>The portal's frame for whoever may use it, a plain card for everybody else.</summary>
public sealed partial class NotFoundLayout : LayoutComponentBase
{
    /// <summary>Null on a page that is served over a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Context { get; set; }

    private bool IsRefusedForm => Context?.IsRefusedForm() == true;
}
