using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>An entry of <see cref="RowActions"/> or of the menu of a page. The menu is closed before the entry works: a dialog that it opens stands alone.</summary>
public sealed partial class RowAction : ComponentBase
{
    [CascadingParameter]
    internal IClosableMenu Owner { get; set; } = default!;

    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClick { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    private async Task ClickAsync()
    {
        await Owner.CloseAsync();
        await OnClick.InvokeAsync();
    }
}
