using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>Asks for a name, lets the browser make a passkey, and adds it to the own account.</summary>
public sealed partial class PasskeyDialog(IJSRuntime scripts) : ComponentBase
{
    private Refusal? _refusal;
    private StepUp? _stepUp;
    private string? _name;
    private string? _error;
    private bool _working;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>What the name is unless another one is entered.</summary>
    [Parameter, EditorRequired]
    public required string Suggestion { get; set; }

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, string suggestion)
    {
        var shown = await dialogs.ShowAsync<PasskeyDialog>(
            null,
            new DialogParameters { [nameof(Suggestion)] = suggestion },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                CloseOnEscapeKey = true,
            }
        );
        await shown.Result;
    }

    protected override void OnInitialized() =>
        _name = Suggestion.Length > OwnPasskeys.LongestName ? Suggestion[..OwnPasskeys.LongestName] : Suggestion;

    private void Close() => Dialog.Close();

    private Task KeyAsync(KeyboardEventArgs key) => key is { Key: "Enter", CtrlKey: false } ? AddAsync() : Task.CompletedTask;

    private async Task AddAsync()
    {
        if (_working || _stepUp is null)
        {
            return;
        }

        _working = true;
        try
        {
            (_refusal, _error) = (null, null);
            var refusal = await _stepUp.ActAsync(() => scripts.AddPasskeyAsync(_name ?? ""));
            if (refusal is null)
            {
                Dialog.Close();
            }
            else if (refusal.Field == OwnPasskeys.Name)
            {
                _error = refusal.Detail;
            }
            else if (refusal.Kind != RefusalKind.StepUpRequired)
            {
                _refusal = refusal;
            }
        }
        finally
        {
            _working = false;
        }
    }
}
