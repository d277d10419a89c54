using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// Tabs whose active one stands in the page's address, so that links and Back reach it. Only the active one is rendered. Where they do
/// not fit in one line they stand in two, so that none is hidden.
/// </summary>
public sealed partial class PageTabs(NavigationManager navigation, IJSRuntime scripts) : ComponentBase, IDisposable
{
    private readonly string _panelId = $"tab-panel-{Guid.NewGuid():N}";
    private ElementReference _list;

    [Parameter, EditorRequired]
    public required IReadOnlyList<PageTab> Tabs { get; set; }

    /// <summary>Its name in the address, for a second set of tabs on the page.</summary>
    [Parameter]
    public string Parameter { get; set; } = "tab";

    /// <summary>For tabs of one part of a page: the rest of the address, such as the filters of a list beside it, stays.</summary>
    [Parameter]
    public bool KeepsAddress { get; set; }

    [Parameter]
    public string TestId { get; set; } = "tabs";

    private PageTab Active
    {
        get
        {
            QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(Parameter, out var name);
            return Tabs.FirstOrDefault(tab => tab.Name == name) ?? Tabs[0];
        }
    }

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/arrows.js");
            await module.InvokeVoidAsync("moveByArrows", _list);
        }
        catch (JSDisconnectedException)
        {
            // The page was left before it was drawn.
        }
    }

    private string IdOf(PageTab tab) => $"{_panelId}-{tab.Name}";

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    // What another tab kept in the address, such as a page number, means nothing here.
    private void Choose(PageTab tab)
    {
        if (tab.Name == Active.Name)
        {
            return;
        }

        var name = tab == Tabs[0] ? null : tab.Name;
        if (KeepsAddress)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameter(Parameter, name));
            return;
        }

        var path = new Uri(navigation.Uri).GetLeftPart(UriPartial.Path);
        navigation.NavigateTo(name is null ? path : QueryHelpers.AddQueryString(path, Parameter, name));
    }
}
