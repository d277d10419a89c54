using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>One tile per vendor. One of them is in the tab order; arrow keys move between tiles as they lie on the screen, Enter chooses.</summary>
public sealed partial class VendorTiles(IJSRuntime scripts) : ComponentBase
{
    private ElementReference _tiles;

    [Parameter]
    public Vendor? Value { get; set; }

    /// <summary>Also told when the chosen one is chosen again.</summary>
    [Parameter]
    public EventCallback<Vendor> ValueChanged { get; set; }

    private Vendor Reachable => Value ?? VendorCatalog.All[0].Vendor;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/arrows.js");
            await module.InvokeVoidAsync("moveByArrows", _tiles);
        }
    }
}
