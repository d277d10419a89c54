using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Gives a live token a label and limits it to reading, and to networks. It stays open, with everything typed, until saving worked.</summary>
public sealed partial class TokenAccessDialog(ScimConnections connections, CurrentPerson person) : ComponentBase
{
    private static readonly (TokenScope Scope, string Title)[] Scopes =
    [
        (TokenScope.ReadAndWrite, ScimTexts.AccessReadAndWrite),
        (TokenScope.Read, ScimTexts.AccessRead),
    ];

    private readonly string _group = $"scope-{Guid.NewGuid():N}";
    private FieldErrors _errors = FieldErrors.None;
    private IReadOnlyList<string> _networks = [];
    private TokenScope _scope;
    private string? _label;
    private StepUp? _stepUp;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    [Parameter, EditorRequired]
    public required TokenView Token { get; set; }

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, ProviderDetails provider, TokenView token)
    {
        var shown = await dialogs.ShowAsync<TokenAccessDialog>(
            null,
            new DialogParameters { [nameof(Provider)] = provider, [nameof(Token)] = token },
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
        (_label, _scope, _networks) = (Token.Label, Token.Access.Scope, [.. Token.Access.Networks.Select(network => network.ToString())]);

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        _errors = FieldErrors.None;
        var refusal = await TokenLabel
            .Parse(_label)
            .Match(label => TokenAccess.Parse(_scope, _networks).Match(access => ConfirmedAsync(access, label), Refused), Refused);
        if (refusal is null)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
        else if (refusal.Kind != RefusalKind.StepUpRequired)
        {
            _errors = FieldErrors.Of(refusal);
        }

        static Task<Refusal?> Refused(Refusal refusal) => Task.FromResult<Refusal?>(refusal);
    }

    private Task<Refusal?> ConfirmedAsync(TokenAccess access, string? label) =>
        _stepUp is null ? ChangeAsync(access, label) : _stepUp.ActAsync(() => ChangeAsync(access, label));

    private async Task<Refusal?> ChangeAsync(TokenAccess access, string? label)
    {
        var origin = await person.OriginAsync();
        var outcome = await connections.ChangeTokenAsync(Provider.Id, Token.PublicId, access, label, origin, CancellationToken.None);
        return outcome.RefusalOrNull();
    }
}
