using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Organizations;

/// <summary>Adds an organization, or edits one. It stays open, with everything typed, until saving worked.</summary>
public sealed partial class OrganizationDialog(OrganizationDirectory organizations, CurrentPerson person) : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private string _name = "";
    private string _description = "";

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

    protected override void OnInitialized() => (_name, _description) = (Organization?.Name ?? "", Organization?.Description ?? "");

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        var input = new OrganizationInput { Name = _name, Description = _description };
        _errors = FieldErrors.Of(new OrganizationInputValidator(), input);
        if (_errors.Any)
        {
            return;
        }

        var origin = await person.OriginAsync();
        var outcome = Organization is { } existing
            ? await organizations.ChangeAsync(existing.Id, input, origin, CancellationToken.None)
            : await organizations.CreateAsync(input, origin, CancellationToken.None);
        _errors = outcome.Match(_ => FieldErrors.None, FieldErrors.Of);
        if (!_errors.Any)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
    }
}
