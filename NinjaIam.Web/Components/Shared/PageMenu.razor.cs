using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace NinjaIam.Web.Components.Shared;

/// <summary>The menu in the head of a page, with a word on its button.</summary>
public sealed partial class PageMenu : ComponentBase, IClosableMenu
{
    private MudMenu? _menu;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Whether it is the filled button of the page.</summary>
    [Parameter]
    public bool IsPrimary { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    Task IClosableMenu.CloseAsync() => _menu?.CloseMenuAsync() ?? Task.CompletedTask;
}
