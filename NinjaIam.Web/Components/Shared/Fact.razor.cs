using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A label and its value; an en dash stands where there is none.</summary>
public sealed partial class Fact : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string? TestId { get; set; }
}
