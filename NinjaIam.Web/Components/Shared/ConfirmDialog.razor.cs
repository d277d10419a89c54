using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Asks before something is done that people would regret. Open it with <see cref="AskAsync"/>.</summary>
public sealed partial class ConfirmDialog : ComponentBase
{
    private readonly string _group = $"choice-{Guid.NewGuid():N}";
    private string? _choice;
    private string? _typed;
    private string? _typedError;
    private Refusal? _refusal;
    private StepUp? _stepUp;
    private bool _asksStepUp;
    private bool _acting;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required Confirmation Confirmation { get; set; }

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<Confirmed?> AskAsync(IDialogService dialogs, Confirmation confirmation)
    {
        var shown = await dialogs.ShowAsync<ConfirmDialog>(
            confirmation.Title,
            new DialogParameters { [nameof(Confirmation)] = confirmation },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                CloseOnEscapeKey = true,
            }
        );
        var result = await shown.Result;
        return result is { Canceled: false, Data: Confirmed confirmed } ? confirmed : null;
    }

    protected override void OnInitialized() =>
        (_choice, _asksStepUp) = (Confirmation.Choices.Count > 0 ? Confirmation.Choices[0].Value : null, Confirmation.StepUp);

    private void Cancel() => Dialog.Cancel();

    private async Task ConfirmAsync()
    {
        if (_acting)
        {
            return;
        }

        _typedError = Confirmation.TypedName is { } name && _typed?.Trim() != name ? SharedTexts.TypedNameDiffers : null;
        if (_typedError is not null)
        {
            return;
        }

        if (Confirmation.Act is { } act)
        {
            _acting = true;
            try
            {
                _refusal = _stepUp is null ? await act(_choice) : await _stepUp.ActAsync(() => act(_choice));
            }
            finally
            {
                _acting = false;
            }
        }

        if (_refusal is { Kind: RefusalKind.StepUpRequired })
        {
            (_asksStepUp, _refusal) = (true, null);
            return;
        }

        if (_refusal is null)
        {
            Dialog.Close(DialogResult.Ok(new Confirmed(_choice)));
        }
    }
}
