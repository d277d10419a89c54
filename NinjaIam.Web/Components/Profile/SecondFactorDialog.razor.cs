using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

public enum SecondFactorAct
{
    SetUp,
    NewCodes,
}

/// <summary>Sets the own second factor up, moves it to another app, or makes new recovery codes, which it shows this one time.</summary>
public sealed partial class SecondFactorDialog(SecondFactors factors, CurrentPerson person) : ComponentBase
{
    private AuthenticatorKey? _key;
    private NewRecoveryCodes? _codes;
    private Refusal? _refusal;
    private StepUp? _stepUp;
    private string? _code;
    private string? _error;
    private bool _working;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required SecondFactorAct Act { get; set; }

    private string Title =>
        _codes is not null || Act == SecondFactorAct.NewCodes ? ProfileTexts.NewRecoveryCodes : ProfileTexts.SetUpSecondFactor;

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, SecondFactorAct act)
    {
        var shown = await dialogs.ShowAsync<SecondFactorDialog>(
            null,
            new DialogParameters { [nameof(Act)] = act },
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

    private void Close() => Dialog.Close();

    private Task KeyAsync(KeyboardEventArgs key) => key is { Key: "Enter", CtrlKey: false } ? GoOnAsync() : Task.CompletedTask;

    private async Task GoOnAsync()
    {
        if (_working || _codes is not null || _stepUp is null)
        {
            return;
        }

        _working = true;
        try
        {
            (_refusal, _error) = (null, null);
            var refusal = await _stepUp.ActAsync(DoAsync);
            if (refusal?.Field == SecondFactors.Code)
            {
                _error = refusal.Detail;
            }
            else if (refusal is not { Kind: RefusalKind.StepUpRequired })
            {
                _refusal = refusal;
            }
        }
        finally
        {
            _working = false;
        }
    }

    private async Task<Refusal?> DoAsync()
    {
        var origin = await person.OriginAsync();
        return Act == SecondFactorAct.NewCodes ? Keep(await factors.ReplaceRecoveryCodesAsync(origin, CancellationToken.None))
            : _key is not null ? Keep(await factors.ConfirmOwnAsync(_code ?? "", origin, CancellationToken.None))
            : (await factors.BeginOwnAsync(origin, CancellationToken.None)).Match<Refusal?>(Show, refusal => refusal);

        Refusal? Keep(Outcome<NewRecoveryCodes> outcome) =>
            outcome.Match<Refusal?>(
                codes =>
                {
                    _codes = codes;
                    return null;
                },
                refusal => refusal
            );

        Refusal? Show(AuthenticatorKey key)
        {
            _key = key;
            return null;
        }
    }
}
