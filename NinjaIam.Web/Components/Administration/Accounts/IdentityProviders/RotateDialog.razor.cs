using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// Replaces a token by a second one without a gap. Once the new token is stored the dialog may be closed at any time:
/// how far the rotation is follows from the tokens themselves and stands on the widget.
/// </summary>
public sealed partial class RotateDialog(
    Providers providers,
    ScimConnections connections,
    ScimActions actions,
    CurrentPerson person,
    IDialogService dialogs
) : ComponentBase, IDisposable
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Providers, ChangeTopic.Tokens];
    private static readonly (RotationStep Step, string Title)[] Steps =
    [
        (RotationStep.Create, ScimTexts.RotateCreate),
        (RotationStep.Paste, ScimTexts.RotatePaste),
        (RotationStep.Confirm, ScimTexts.RotateConfirm),
        (RotationStep.Revoke, ScimTexts.RotateRevoke),
    ];
    private static readonly (RotationEnd End, string Title)[] Ends =
    [
        (RotationEnd.WhenRevoked, ScimTexts.EndWhenRevoked),
        (RotationEnd.DayAfterFirstUse, ScimTexts.EndDayAfterFirstUse),
        (RotationEnd.Now, ScimTexts.EndNow),
    ];

    private readonly string _group = $"end-{Guid.NewGuid():N}";
    private ProviderDetails _provider = default!;
    private TokenHandover? _handover;
    private RotationEnd _end;
    private Refusal? _refusal;
    private ElementReference _title;
    private StepUp? _stepUp;
    private string? _newId;
    private bool _working;
    private bool _focusTitle;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    /// <summary>The token that is replaced.</summary>
    [Parameter, EditorRequired]
    public required TokenView Token { get; set; }

    private RotationStep Step =>
        _newId is null ? RotationStep.Create
        : _handover is not null ? RotationStep.Paste
        : NewIsUsed ? RotationStep.Revoke
        : RotationStep.Confirm;

    private bool NewIsUsed => _provider.LiveTokens.Any(token => token.PublicId == _newId && token.LastUsedAt is not null);

    private bool OldIsLive => _provider.LiveTokens.Any(token => token.PublicId == Token.PublicId);

    private string State =>
        !NewIsUsed ? ScimTexts.ConfirmText
        : !OldIsLive ? ScimTexts.OldEnded
        : _end == RotationEnd.DayAfterFirstUse ? $"{ScimTexts.ConfirmUsed} {ScimTexts.OldEnds}"
        : ScimTexts.RotatingDone;

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, ProviderDetails provider, TokenView token)
    {
        var shown = await dialogs.ShowAsync<RotateDialog>(
            ScimTexts.RotateTitle,
            new DialogParameters { [nameof(Provider)] = provider, [nameof(Token)] = token },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                CloseOnEscapeKey = false,
            }
        );
        await shown.Result;
    }

    public void Dispose() => _handover?.Forget();

    protected override void OnInitialized() => _provider = Provider;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusTitle)
        {
            _focusTitle = false;
            // The dialog shows a new title only when it is asked to.
            Dialog.StateHasChanged();
            await _title.FocusAsync();
        }
    }

    private async Task CreateAsync()
    {
        if (_working)
        {
            return;
        }

        (_working, _refusal) = (true, null);
        try
        {
            var refusal = _stepUp is null ? await RotateAsync() : await _stepUp.ActAsync(RotateAsync);
            _refusal = refusal is { Kind: RefusalKind.StepUpRequired } ? null : refusal;
        }
        finally
        {
            _working = false;
        }
    }

    private async Task<Refusal?> RotateAsync()
    {
        var rotated = await connections.RotateAsync(Provider.Id, Token.PublicId, _end, await person.OriginAsync(), CancellationToken.None);
        return rotated.Match<Refusal?>(Show, refusal => refusal);
    }

    private Refusal? Show(IssuedScimToken issued)
    {
        _newId = issued.PublicId;
        _handover = new TokenHandover(_provider, issued, connections, person, dialogs);
        _focusTitle = true;
        return null;
    }

    private async Task Confirmed()
    {
        _handover = null;
        _focusTitle = true;
        await ReloadAsync();
    }

    private void Discarded()
    {
        _handover = null;
        StateHasChanged();
        Dialog.Close();
    }

    private async Task RevokeOldAsync()
    {
        if (_provider.LiveTokens.FirstOrDefault(token => token.PublicId == Token.PublicId) is { } old)
        {
            await actions.RevokeAsync(_provider, old);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync() =>
        _provider = await providers.FindAsync(await person.ActorAsync(), _provider.UniqueIdentifier, CancellationToken.None) ?? _provider;

    private void Refresh() => Dialog.StateHasChanged();

    private void Close() => Dialog.Close();
}
