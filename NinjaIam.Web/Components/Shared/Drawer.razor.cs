using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// A panel on the right that shows one thing of the page while the page stays usable. Whether it is open stands in the page's
/// address, which is its owner's part. Opening moves the focus to its heading, closing returns it.
/// </summary>
public sealed partial class Drawer(IJSRuntime scripts) : ComponentBase
{
    private readonly string _titleId = $"drawer-{Guid.NewGuid():N}";
    private ElementReference _panel;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public required bool Open { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string TestId { get; set; } = "drawer";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _wasOpen)
        {
            return;
        }

        _wasOpen = Open;
        await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/drawer.js");
        if (Open)
        {
            await module.InvokeVoidAsync("opened", _panel);
        }
        else
        {
            await module.InvokeVoidAsync("closed");
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" ? OnClose.InvokeAsync() : Task.CompletedTask;
}
