using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>Edits phone, language and time zone of a person in place. What was typed stays until it is saved, also when the page reads anew.</summary>
public sealed partial class LocalSettingsForm(LocalSettingsEditing editing, CurrentPerson current) : ComponentBase
{
    private LocalSettings _input = new();
    private LocalSettings _before = new();
    private FieldErrors _errors = FieldErrors.None;
    private Refusal? _stale;
    private bool _saved;

    [Parameter, EditorRequired]
    public required Guid AccountId { get; set; }

    /// <summary>What is saved now.</summary>
    [Parameter, EditorRequired]
    public required LocalSettings Settings { get; set; }

    /// <summary>Told what was saved.</summary>
    [Parameter]
    public EventCallback<LocalSettings> OnSaved { get; set; }

    protected override void OnParametersSet()
    {
        if (_input == _before)
        {
            (_input, _before) = (Settings, Settings);
        }
    }

    private void Change(LocalSettings input) => (_input, _saved) = (input, false);

    private void Reload() => (_input, _before, _stale, _errors) = (Settings, Settings, null, FieldErrors.None);

    private async Task SaveAsync()
    {
        (_stale, _saved) = (null, false);
        _errors = FieldErrors.Of<ILocalSettings>(new LocalSettingsValidator(), _input);
        if (_errors.Any)
        {
            return;
        }

        var input = _input;
        var outcome = await editing.ChangeAsync(AccountId, input, _before, await current.OriginAsync(), CancellationToken.None);
        var refusal = outcome.RefusalOrNull();
        if (refusal is null)
        {
            (_input, _before, _saved) = (input, input, true);
            await OnSaved.InvokeAsync(input);
        }
        else if (refusal.Kind == RefusalKind.Stale)
        {
            _stale = refusal;
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }
    }
}
