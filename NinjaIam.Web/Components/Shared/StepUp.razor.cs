using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// The part of a dialog in which somebody proves again who they are, for acts that refuse with <see cref="RefusalKind.StepUpRequired"/>.
/// It shows only while that is needed. Do the act with <see cref="ActAsync"/>; the dialog keeps everything else that was typed.
/// </summary>
public sealed partial class StepUp(
    StepUpCheck check,
    CurrentPerson person,
    PasskeyAddress address,
    NavigationManager navigation,
    IJSRuntime scripts
) : ComponentBase
{
    private static readonly Refusal Waiting = new(RefusalKind.StepUpRequired, SharedTexts.StepUpEnter);

    private StepUpWay _way;
    private ElementReference _part;
    private ElementReference _done;
    private Refusal? _elsewhere;
    private string? _answer;
    private string? _error;
    private bool _focusWrong;
    private bool _focusDone;
    private bool _isConfirmed;

    private string? Enter =>
        _way switch
        {
            StepUpWay.Code => SharedTexts.StepUpEnterCode,
            StepUpWay.CodeOrPasskey => TakesPasskey ? SharedTexts.StepUpEnterEither : SharedTexts.StepUpEnterCode,
            // There is nothing to enter: going on asks for it.
            StepUpWay.Passkey => null,
            _ => SharedTexts.StepUpEnter,
        };

    private bool TakesPasskey => _way is StepUpWay.Passkey or StepUpWay.CodeOrPasskey && _elsewhere is null;

    /// <summary>Told when Enter is pressed in the field: do what the dialog's own button does.</summary>
    [Parameter]
    public EventCallback OnEnter { get; set; }

    /// <summary>For a dialog that learned from a refusal that it has to ask.</summary>
    [Parameter]
    public bool WasRefused { get; set; }

    /// <summary>
    /// Confirms, if that is needed, and does the act. While the password or code is missing or wrong it answers a refusal of the kind
    /// <see cref="RefusalKind.StepUpRequired"/>, and this part says what is wrong: there is nothing more to show.
    /// </summary>
    public async Task<Refusal?> ActAsync(Func<Task<Refusal?>> act)
    {
        if (_way != StepUpWay.NotNeeded && !await ConfirmAsync())
        {
            StateHasChanged();
            return Waiting;
        }

        var refusal = await act();
        if (refusal is { Kind: RefusalKind.StepUpRequired })
        {
            // It ran out while the dialog was open.
            _way = await check.WayAsync(await person.OriginAsync(), CancellationToken.None);
            (_error, _focusWrong, _isConfirmed) = (Enter, true, false);
        }

        StateHasChanged();
        return refusal;
    }

    protected override async Task OnInitializedAsync()
    {
        _way = await check.WayAsync(await person.OriginAsync(), CancellationToken.None);
        _elsewhere = address.RefuseAt(new Uri(navigation.BaseUri));
        if (_way != StepUpWay.NotNeeded && WasRefused)
        {
            (_error, _focusWrong) = (Enter, true);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusDone)
        {
            // The button that had the focus is gone.
            _focusDone = false;
            await _done.FocusAsync();
        }

        if (!_focusWrong)
        {
            return;
        }

        _focusWrong = false;
        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/forms.js");
            await module.InvokeVoidAsync("focusFirstWrong", _part);
        }
        catch (JSException)
        {
            // The script could not be fetched, on a bad connection. What is wrong is shown all the same.
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key is { Key: "Enter", CtrlKey: false } ? OnEnter.InvokeAsync() : Task.CompletedTask;

    // The act itself stays to be done: whoever presses this may still look at what the dialog says.
    private async Task UsePasskeyAsync()
    {
        _error = (await scripts.ConfirmByPasskeyAsync())?.Detail;
        _focusWrong = _error is not null;
        if (_error is null)
        {
            (_way, _answer, _isConfirmed, _focusDone) = (StepUpWay.NotNeeded, null, true, true);
        }
    }

    private async Task<bool> ConfirmAsync()
    {
        if (_way == StepUpWay.Passkey)
        {
            _error = _elsewhere is null ? (await scripts.ConfirmByPasskeyAsync())?.Detail : null;
            if (_elsewhere is null && _error is null)
            {
                _way = StepUpWay.NotNeeded;
            }

            return _way == StepUpWay.NotNeeded;
        }

        _error = string.IsNullOrEmpty(_answer)
            ? Enter
            : (await check.ConfirmAsync(_answer, await person.OriginAsync(), CancellationToken.None)).Match<string?>(
                _ => null,
                refusal => refusal.Detail
            );
        _focusWrong = _error is not null;
        if (_error is null)
        {
            (_way, _answer) = (StepUpWay.NotNeeded, null);
        }

        return _error is null;
    }
}
