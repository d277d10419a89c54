using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Asks before unsaved input is lost, inside the portal and when the page is closed. Moving within the same page never asks.</summary>
public sealed partial class LeaveGuard(IJSRuntime scripts, IDialogService dialogs, NavigationManager navigation)
    : ComponentBase,
        IAsyncDisposable
{
    private bool _guarding;

    /// <summary>Whether there is something to lose.</summary>
    [Parameter, EditorRequired]
    public required bool Active { get; set; }

    [Parameter]
    public string Title { get; set; } = SharedTexts.LeaveTitle;

    [Parameter]
    public string Text { get; set; } = SharedTexts.LeaveText;

    public async ValueTask DisposeAsync()
    {
        if (_guarding)
        {
            await GuardAsync(false);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Active != _guarding)
        {
            await GuardAsync(Active);
        }
    }

    private async Task GuardAsync(bool active)
    {
        _guarding = active;
        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/forms.js");
            await module.InvokeVoidAsync("guardLeaving", active);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; there is nothing left to guard.
        }
    }

    private async Task AskAsync(LocationChangingContext change)
    {
        var target = navigation.ToAbsoluteUri(change.TargetLocation);
        if (!Active || target.AbsolutePath == new Uri(navigation.Uri).AbsolutePath)
        {
            return;
        }

        var answer = await ConfirmDialog.AskAsync(
            dialogs,
            new Confirmation(Title, SharedTexts.LeaveConfirm) { Consequences = [Text], CancelText = SharedTexts.LeaveStay }
        );
        if (answer is null)
        {
            change.PreventNavigation();
        }
    }
}
