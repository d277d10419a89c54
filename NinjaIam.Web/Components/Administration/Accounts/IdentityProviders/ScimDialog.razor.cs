using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Turns SCIM on and off, and shows a new token once. While a token is shown, only Done and Discard token end it.</summary>
public sealed partial class ScimDialog(
    Providers providers,
    ScimConnections connections,
    ScimActions actions,
    ManagedPeople managed,
    CurrentPerson person,
    IDialogService dialogs
) : ComponentBase, IDisposable
{
    private static readonly ChangeTopic[] Watched = [ChangeTopic.Providers, ChangeTopic.Tokens];

    private ProviderDetails _provider = default!;
    private TokenHandover? _handover;
    private Refusal? _refusal;
    private ElementReference _title;
    private StepUp? _stepUp;
    private bool _asksStepUp;
    private bool _working;
    private bool _enabledAgain;
    private bool _startsInPreview;
    private int _overwritten;
    private bool _focusTitle;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    /// <summary>Skips the toggle: a token is created as soon as the dialog is open.</summary>
    [Parameter]
    public bool CreatesToken { get; set; }

    /// <summary>A token that was never confirmed and is revoked when the new one is created.</summary>
    [Parameter]
    public string? Instead { get; set; }

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, ProviderDetails provider, bool createsToken, string? instead)
    {
        var shown = await dialogs.ShowAsync<ScimDialog>(
            ScimTexts.Title,
            new DialogParameters
            {
                [nameof(Provider)] = provider,
                [nameof(CreatesToken)] = createsToken,
                [nameof(Instead)] = instead,
            },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                // Only while no token is created or shown; see ToggleAsync.
                CloseOnEscapeKey = !createsToken,
            }
        );
        await shown.Result;
    }

    public void Dispose() => _handover?.Forget();

    protected override async Task OnInitializedAsync()
    {
        _provider = Provider;
        if (!Provider.ScimEnabled)
        {
            _overwritten = (
                await managed.ListChangedHereAsync(await person.ActorAsync(), Provider.Id, new PageRequest(0, 1), CancellationToken.None)
            ).Total;
        }

        if (CreatesToken)
        {
            await CreateAsync();
        }
    }

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

    private Task CreateAsync() =>
        WorkAsync(async () =>
            (await connections.CreateTokenAsync(Provider.Id, Instead, await person.OriginAsync(), CancellationToken.None)).Match(
                Show,
                refusal => refusal
            )
        );

    private async Task ToggleAsync(bool on)
    {
        _enabledAgain = false;
        if (on)
        {
            // A token that is on its way must not be lost to the Escape key.
            await LetEscapeCloseAsync(false);
            await WorkAsync(async () =>
                (await connections.EnableAsync(_provider.Id, await person.OriginAsync(), CancellationToken.None, _startsInPreview)).Match(
                    issued => issued is null ? Announce() : Show(issued),
                    refusal => refusal
                )
            );
            await LetEscapeCloseAsync(_handover is null);
        }
        else if (await actions.DisableAsync(_provider))
        {
            Dialog.Close();
            return;
        }

        await ReloadAsync();
    }

    private async Task WorkAsync(Func<Task<Refusal?>> work)
    {
        if (_working)
        {
            return;
        }

        (_working, _refusal) = (true, null);
        try
        {
            _refusal = _stepUp is null ? await work() : await _stepUp.ActAsync(work);
        }
        finally
        {
            _working = false;
        }

        _asksStepUp = _refusal is { Kind: RefusalKind.StepUpRequired };
        if (_asksStepUp)
        {
            _refusal = null;
            // The buttons stand in another part of the dialog.
            Dialog.StateHasChanged();
        }
    }

    private Task LetEscapeCloseAsync(bool closes) => Dialog.SetOptionsAsync(Dialog.Options with { CloseOnEscapeKey = closes });

    private Refusal? Show(IssuedScimToken issued)
    {
        _handover = new TokenHandover(_provider, issued, connections, person, dialogs);
        _focusTitle = true;
        return null;
    }

    private Refusal? Announce()
    {
        _enabledAgain = true;
        return null;
    }

    private async Task ReloadAsync()
    {
        if (
            _handover is null
            && await providers.FindAsync(await person.ActorAsync(), _provider.UniqueIdentifier, CancellationToken.None) is { } provider
        )
        {
            _provider = provider;
        }
    }

    private void Refresh() => Dialog.StateHasChanged();

    private void Close() => Dialog.Close();

    private void End()
    {
        _handover = null;
        // Rendered once more without the token, so that the fields that held it are gone before the dialog is.
        StateHasChanged();
        Dialog.Close();
    }
}
