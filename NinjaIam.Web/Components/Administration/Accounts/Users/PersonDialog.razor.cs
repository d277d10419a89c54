using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>
/// Edits what of a person is decided here; the rest is text with a lock. It stays open, with everything typed, until saving worked, and a
/// change made by somebody else meanwhile is never overwritten.
/// </summary>
public sealed partial class PersonDialog(
    PersonEditing editing,
    OrganizationDirectory organizations,
    ActivityLog activities,
    CurrentPerson current
) : ComponentBase
{
    private static readonly Option[] Kinds =
    [
        new(nameof(AccountKind.EndUser), PersonWords.Of(AccountKind.EndUser)),
        new(nameof(AccountKind.Technician), PersonWords.Of(AccountKind.Technician)),
    ];

    private IReadOnlyList<OrganizationChoice> _organizations = [];
    private FieldErrors _errors = FieldErrors.None;
    private PersonInput _input = new();
    private EditablePerson? _editable;
    private Refusal? _stale;
    private Activity? _otherChange;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter, EditorRequired]
    public required PersonDetails Person { get; set; }

    private IEnumerable<(string Label, string? Value)> Names =>
        [
            (UserTexts.UserName, _input.UserName),
            (UserTexts.Email, _input.Email),
            (UserTexts.DisplayName, _input.DisplayName),
            (UserTexts.GivenName, _input.GivenName),
            (UserTexts.FamilyName, _input.FamilyName),
        ];

    /// <summary>Ends when the dialog is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs, PersonDetails person)
    {
        var shown = await dialogs.ShowAsync<PersonDialog>(
            null,
            new DialogParameters { [nameof(Person)] = person },
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
        _organizations = await organizations.ChoicesAsync(await current.ActorAsync(), CancellationToken.None);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _editable = await editing.FindAsync(await current.ActorAsync(), Person.Person.Id, CancellationToken.None);
        (_input, _stale, _errors) = (_editable?.Input ?? new PersonInput(), null, FieldErrors.None);
    }

    private void Cancel() => Dialog.Cancel();

    private async Task SaveAsync()
    {
        _stale = null;
        _errors = FieldErrors.Of(new PersonInputValidator(), _input);
        if (_errors.Any || _editable is null)
        {
            return;
        }

        var origin = await current.OriginAsync();
        var outcome = await editing.ChangeAsync(Person.Person.Id, _input, _editable.Input, origin, CancellationToken.None);
        var refusal = outcome.RefusalOrNull();
        if (refusal is null)
        {
            Dialog.Close(DialogResult.Ok(true));
        }
        else if (refusal.Kind == RefusalKind.Stale)
        {
            _stale = refusal;
            _otherChange = await activities.LatestChangeAsync(origin.Actor, Person.Person.Id.ToString("D"), CancellationToken.None);
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }
    }
}
