using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Invites somebody, or invites them again.</summary>
public sealed partial class InviteDialog(ManualPeople people, CurrentPerson current) : ComponentBase
{
    private Invitation? _invitation;
    private Refusal? _refusal;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required Guid PersonId { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, Guid personId, string name)
    {
        var shown = await dialogs.ShowAsync<InviteDialog>(
            null,
            new DialogParameters { [nameof(PersonId)] = personId, [nameof(Name)] = name },
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

    private async Task InviteAsync()
    {
        var outcome = await people.InviteAsync(PersonId, await current.OriginAsync(), CancellationToken.None);
        (_invitation, _refusal) = outcome.Match<(Invitation?, Refusal?)>(invitation => (invitation, null), refusal => (null, refusal));
    }
}
