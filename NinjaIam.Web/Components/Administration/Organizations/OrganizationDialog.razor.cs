using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Organizations;

/// <summary>
/// Adds an organization, or edits one. It stays open, with everything typed, until saving worked. A change made by somebody else
/// meanwhile is never overwritten.
/// </summary>
public sealed partial class OrganizationDialog(OrganizationDirectory organizations, ActivityLog activities, CurrentPerson person)
    : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private OrganizationInput _before = new();
    private string _name = "";
    private string _description = "";
    private Refusal? _stale;
    private Activity? _otherChange;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>The organization to edit; null adds one.</summary>
    [Parameter]
    public OrganizationLine? Organization { get; set; }

    /// <summary>Whether something was saved.</summary>
    public static async Task<bool> OpenAsync(IDialogService dialogs, OrganizationLine? organization)
    {
        var shown = await dialogs.ShowAsync<OrganizationDialog>(
            null,
            new DialogParameters { [nameof(Organization)] = organization },
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

    protected override void OnInitialized()
    {
        if (Organization is not null)
        {
            StartFrom(Organization);
        }
    }

    private void StartFrom(OrganizationLine organization)
    {
        _before = OrganizationInput.Of(organization);
        (_name, _description, _stale) = (_before.Name, _before.Description, null);
    }

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        _stale = null;
        var input = new OrganizationInput { Name = _name, Description = _description };
        _errors = FieldErrors.Of(new OrganizationInputValidator(), input);
        if (_errors.Any)
        {
            return;
        }

        var origin = await person.OriginAsync();
        var outcome = Organization is { } existing
            ? await organizations.ChangeAsync(existing.Id, input, _before, origin, CancellationToken.None)
            : await organizations.CreateAsync(input, origin, CancellationToken.None);
        var refusal = outcome.RefusalOrNull();
        if (refusal is null)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
        else if (refusal.Kind == RefusalKind.Stale)
        {
            _stale = refusal;
            var id = Organization!.Id.ToString(CultureInfo.InvariantCulture);
            _otherChange = await activities.LatestChangeAsync(origin.Actor, id, CancellationToken.None);
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }
    }

    private async Task ReloadAsync()
    {
        if (await organizations.FindAsync(await person.ActorAsync(), Organization!.Id, CancellationToken.None) is { } organization)
        {
            StartFrom(organization);
        }
    }
}
