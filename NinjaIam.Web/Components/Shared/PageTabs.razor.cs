using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Tabs whose active one stands in the page's address, so that links and Back reach it. Only the active one is rendered.</summary>
public sealed partial class PageTabs(NavigationManager navigation) : ComponentBase, IDisposable
{
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

    private int Active
    {
        get
        {
            QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(Parameter, out var name);
            return Math.Max(0, Tabs.ToList().FindIndex(tab => tab.Name == name));
        }
    }

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    // What another tab kept in the address, such as a page number, means nothing here.
    private void Choose(int index)
    {
        if (index == Active)
        {
            return;
        }

        if (KeepsAddress)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameter(Parameter, index == 0 ? null : Tabs[index].Name));
            return;
        }

        var path = new Uri(navigation.Uri).GetLeftPart(UriPartial.Path);
        navigation.NavigateTo(index == 0 ? path : QueryHelpers.AddQueryString(path, Parameter, Tabs[index].Name));
    }
}
