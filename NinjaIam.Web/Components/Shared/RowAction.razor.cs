using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>An entry of <see cref="RowActions"/>. The menu is closed before the entry works: a dialog that it opens stands alone.</summary>
public sealed partial class RowAction : ComponentBase
{
    [CascadingParameter]
    internal RowActions Owner { get; set; } = default!;

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
