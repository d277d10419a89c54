using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace NinjaIam.Web.Components.Shared;

/// <summary>The button with three dots in a row of a list, and the menu it opens. Escape closes the menu, however it was opened.</summary>
public sealed partial class RowActions : ComponentBase, IClosableMenu
{
    private MudMenu? _menu;

    /// <summary>The button's name, which says whose actions these are.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    Task IClosableMenu.CloseAsync() => CloseAsync();

    private Task CloseAsync() => _menu?.CloseMenuAsync() ?? Task.CompletedTask;

    // The menu hears Escape itself only while an entry has the focus. After a click, the button has it.
    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? CloseAsync() : Task.CompletedTask;
}
