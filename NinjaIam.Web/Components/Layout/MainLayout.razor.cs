using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Layout;

public sealed partial class MainLayout(
    NavigationManager navigation,
    PersonClock clock,
    AuthenticationStateProvider authentication,
    IJSRuntime scripts
) : LayoutComponentBase, IDisposable
{
    private ErrorBoundary? _boundary;
    private bool _navigationOpen;
    private string _home = HomePaths.Dashboard;

    // With a base address in the page, a bare "#content" would lead to the first page.
    private string SkipAddress => $"{navigation.Uri.Split('#')[0]}#content";

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        _home = HomePaths.Of((await authentication.GetAuthenticationStateAsync()).User);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        if ((await authentication.GetAuthenticationStateAsync()).User.FindFirst(PersonClaims.TimeZone)?.Value is { } chosen)
        {
            clock.UseZone(chosen);
            return;
        }

        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/clock.js");
            clock.UseZone(await module.InvokeAsync<string?>("timeZone"));
        }
        catch (JSDisconnectedException)
        {
            // The person has left; nobody reads the times.
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        _navigationOpen = false;
        _boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }

    private void ToggleNavigation() => _navigationOpen = !_navigationOpen;

    private void CloseNavigation() => _navigationOpen = false;

    private void Recover() => _boundary?.Recover();
}
