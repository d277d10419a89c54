using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.Roles;

/// <summary>
/// Adds a role, or edits one. It stays open, with everything typed, until saving worked. A change made by somebody else meanwhile is
/// never overwritten.
/// </summary>
public sealed partial class RoleDialog(
    RoleDirectory roles,
    OrganizationDirectory organizations,
    ActivityLog activities,
    CurrentPerson person
) : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private RoleInput _before = new();
    private IReadOnlyList<OrganizationChoice> _organizations = [];
    private IReadOnlyList<PermissionInput> _permissions = [];
    private string _name = "";
    private string _description = "";
    private Refusal? _stale;
    private Activity? _otherChange;
    private StepUp? _stepUp;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required AccountKind Kind { get; set; }

    /// <summary>The role to edit; null adds one.</summary>
    [Parameter]
    public RoleDetails? Role { get; set; }

    /// <summary>Whether something was saved.</summary>
    public static async Task<bool> OpenAsync(IDialogService dialogs, AccountKind kind, RoleDetails? role)
    {
        var shown = await dialogs.ShowAsync<RoleDialog>(
            null,
            new DialogParameters { [nameof(Kind)] = kind, [nameof(Role)] = role },
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                BackdropClick = false,
                CloseOnEscapeKey = true,
            }
        );
        return await shown.Result is { Canceled: false };
    }

    protected override async Task OnInitializedAsync()
    {
        if (Role is not null)
        {
            StartFrom(Role);
        }

        _organizations = await organizations.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);
    }

    private void StartFrom(RoleDetails role)
    {
        _before = role.Input;
        (_name, _description, _permissions, _stale) = (_before.Name, _before.Description, _before.Permissions, null);
    }

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        _stale = null;
        var input = new RoleInput
        {
            Name = _name,
            Description = _description,
            Permissions = _permissions,
        };
        _errors = FieldErrors.Of(new RoleInputValidator(), input);
        if (_errors.Any)
        {
            return;
        }

        var refusal = _stepUp is null ? await SaveAsync(input) : await _stepUp.ActAsync(() => SaveAsync(input));
        if (refusal is null)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
        else if (refusal.Kind == RefusalKind.Stale)
        {
            _stale = refusal;
            var id = Role!.Id.ToString(CultureInfo.InvariantCulture);
            _otherChange = await activities.LatestChangeAsync(await person.ActorAsync(), id, CancellationToken.None);
        }
        else if (refusal.Kind != RefusalKind.StepUpRequired)
        {
            _errors = FieldErrors.Of(refusal);
        }
    }

    private async Task<Refusal?> SaveAsync(RoleInput input)
    {
        var origin = await person.OriginAsync();
        var outcome = Role is { } existing
            ? await roles.ChangeAsync(existing.Id, input, _before, origin, CancellationToken.None)
            : await roles.CreateAsync(Kind, input, origin, CancellationToken.None);
        return outcome.RefusalOrNull();
    }

    private async Task ReloadAsync()
    {
        if (await roles.FindAsync(await person.ActorAsync(), Role!.Id, CancellationToken.None) is { } role)
        {
            StartFrom(role);
        }
    }
}
