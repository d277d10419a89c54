using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>One subject of a page, with a second-level heading.</summary>
public sealed partial class Card : ComponentBase
{
    private readonly string _titleId = $"card-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public Status? Status { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public string? TestId { get; set; }
}
