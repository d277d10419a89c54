using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Holds <see cref="Fact"/> after <see cref="Fact"/>.</summary>
public sealed partial class Facts : ComponentBase
{
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
