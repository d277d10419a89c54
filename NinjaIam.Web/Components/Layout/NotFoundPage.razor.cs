using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Layout;

/// <summary>What stands at an address without a page, and after a form that could not be taken.</summary>
public sealed partial class NotFoundPage : ComponentBase
{
    /// <summary>Null on a page that is served over a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Context { get; set; }

    private bool IsRefusedForm => Context?.IsRefusedForm() == true;
}
