using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Invites somebody, or invites them again, or lets somebody who signed in before choose a new password.</summary>
public sealed partial class InviteDialog(ManualPeople people, PasswordResets resets, CurrentPerson current) : ComponentBase
{
    private Invitation? _invitation;
    private Refusal? _refusal;
    private StepUp? _stepUp;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required Guid PersonId { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Whether the person signed in before.</summary>
    [Parameter]
    public bool Resets { get; set; }

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, Guid personId, string name, bool resets = false)
    {
        var shown = await dialogs.ShowAsync<InviteDialog>(
            null,
            new DialogParameters
            {
                [nameof(PersonId)] = personId,
                [nameof(Name)] = name,
                [nameof(Resets)] = resets,
            },
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

    private async Task SendAsync()
    {
        var refusal = _stepUp is null ? await LinkAsync() : await _stepUp.ActAsync(LinkAsync);
        _refusal = refusal is { Kind: RefusalKind.StepUpRequired } ? null : refusal;
    }

    private async Task<Refusal?> LinkAsync()
    {
        var origin = await current.OriginAsync();
        var outcome = Resets
            ? await resets.SendAsync(PersonId, origin, CancellationToken.None)
            : await people.InviteAsync(PersonId, origin, CancellationToken.None);
        _invitation = outcome.Match<Invitation?>(invitation => invitation, _ => null);
        return outcome.RefusalOrNull();
    }
}
