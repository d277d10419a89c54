using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A form that is locked while it saves, saves on Ctrl+Enter, and moves the focus to the first wrong field.</summary>
public sealed partial class Form(IJSRuntime scripts) : ComponentBase
{
    private ElementReference _form;
    private bool _saving;
    private bool _focusWrong;

    [Parameter]
    public FieldErrors Errors { get; set; } = FieldErrors.None;

    /// <summary>Checks and saves. Set <see cref="Errors"/> in it when something is wrong.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnSave { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The buttons; told whether the form is saving, for the busy state of a button that submits.</summary>
    [Parameter]
    public RenderFragment<bool>? Actions { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusWrong || _saving)
        {
            return;
        }

        _focusWrong = false;
        if (Errors.Any)
        {
            try
            {
                await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/forms.js");
                await module.InvokeVoidAsync("focusFirstWrong", _form);
            }
            catch (JSException)
            {
                // The script could not be fetched, on a bad connection. The errors are shown all the same, and what was typed is kept.
            }
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key is { Key: "Enter", CtrlKey: true } ? SubmitAsync() : Task.CompletedTask;

    private async Task SubmitAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        try
        {
            await OnSave.InvokeAsync();
        }
        finally
        {
            (_saving, _focusWrong) = (false, true);
        }
    }
}
