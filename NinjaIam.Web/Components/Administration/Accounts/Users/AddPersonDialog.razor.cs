using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Adds a technician or an end user by hand and then shows the link that invites them.</summary>
public sealed partial class AddPersonDialog(
    ManualPeople people,
    OrganizationDirectory organizations,
    RoleDirectory roles,
    CurrentPerson current
) : ComponentBase
{
    private IReadOnlyList<OrganizationChoice> _organizations = [];
    private IReadOnlyList<RoleChoice> _roles = [];
    private FieldErrors _errors = FieldErrors.None;
    private NewPerson _input = new();
    private Invitation? _invitation;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required AccountKind Kind { get; set; }

    private bool IsTechnician => Kind == AccountKind.Technician;

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, AccountKind kind)
    {
        var shown = await dialogs.ShowAsync<AddPersonDialog>(
            null,
            new DialogParameters { [nameof(Kind)] = kind },
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

    protected override async Task OnInitializedAsync()
    {
        var actor = await current.ActorAsync();
        _input = _input with { Kind = Kind };
        _roles = await roles.ChoicesAsync(actor, Kind, CancellationToken.None);
        _organizations = await organizations.ChoicesAsync(actor, CancellationToken.None);
    }

    private void Close() => Dialog.Close();

    private void Choose(int role, bool isChosen) =>
        _input = _input with { RoleIds = isChosen ? [.. _input.RoleIds, role] : [.. _input.RoleIds.Where(id => id != role)] };

    private async Task SaveAsync()
    {
        _errors = FieldErrors.Of(new NewPersonValidator(), _input);
        if (_errors.Any)
        {
            return;
        }

        var outcome = await people.AddAsync(_input, await current.OriginAsync(), CancellationToken.None);
        (_invitation, _errors) = outcome.Match(
            invitation => ((Invitation?)invitation, FieldErrors.None),
            refusal => (null, FieldErrors.Of(refusal))
        );
        // The title stands outside of this component.
        Dialog.StateHasChanged();
    }
}
