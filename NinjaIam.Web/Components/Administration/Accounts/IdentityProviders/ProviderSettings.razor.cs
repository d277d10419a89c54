using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Name, domains and boundary of a provider, and what is dangerous. A change made by somebody else meanwhile is never overwritten.</summary>
public sealed partial class ProviderSettings(
    Providers providers,
    OrganizationDirectory organizations,
    ScimActions actions,
    ActivityLog activities,
    NavigationManager navigation,
    CurrentPerson person,
    PersonClock clock
)
{
    private readonly string _dangerId = $"danger-{Guid.NewGuid():N}";
    private readonly string _deleteId = $"delete-{Guid.NewGuid():N}";
    private IReadOnlyList<OrganizationChoice> _organizations = [];
    private FieldErrors _errors = FieldErrors.None;
    private Refusal? _stale;
    private Refusal? _refusal;
    private Activity? _otherChange;
    private string? _savedText;

    /// <summary>What is being changed; it outlives this tab.</summary>
    [Parameter, EditorRequired]
    public required ProviderEdit Edit { get; set; }

    /// <summary>Told when <see cref="Edit"/> holds something new.</summary>
    [Parameter]
    public EventCallback OnEdited { get; set; }

    protected override async Task OnInitializedAsync() =>
        _organizations = await organizations.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);

    protected override void OnParametersSet() => Edit.Follow(Provider);

    private Task ChangeAsync(ProviderInput input)
    {
        Edit.Change(input);
        _savedText = null;
        var wrong = AddProviderSteps.Wrong(input);
        _errors = _errors.Any || wrong[nameof(ProviderInput.Domains)] is not null && input.Domains.Count > 0 ? wrong : FieldErrors.None;
        return OnEdited.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        _stale = null;
        _errors = AddProviderSteps.Wrong(Edit.Input!);
        if (_errors.Any)
        {
            return;
        }

        var saved = await providers.ChangeAsync(Provider.Id, Edit.Input!, Edit.Stamp!, await person.OriginAsync(), CancellationToken.None);
        var refusal = saved.RefusalOrNull();
        if (refusal is null)
        {
            _savedText = Wording.Fill(ProviderPageTexts.Saved, clock.Local(clock.Now).ToString("t", CultureInfo.CurrentCulture));
            await ReloadAsync();
        }
        else if (refusal.Kind == RefusalKind.Stale)
        {
            _stale = refusal;
            _otherChange = await activities.LatestChangeAsync(await person.ActorAsync(), Provider.UniqueIdentifier, CancellationToken.None);
        }
        else
        {
            _errors = FieldErrors.Of(refusal);
        }
    }

    private async Task ReloadAsync()
    {
        (_stale, _errors) = (null, FieldErrors.None);
        Edit.Forget();
        await OnChanged.InvokeAsync();
    }

    private Task PauseAsync() => ActAsync(actions.PauseAsync);

    private Task ResumeAsync() => ActAsync(actions.ResumeAsync);

    private async Task ActAsync(Func<ProviderDetails, Task> act)
    {
        await act(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync()
    {
        if (await actions.DeleteProviderAsync(Provider))
        {
            navigation.NavigateTo(ProviderAddress.List);
        }
    }

    private async Task ReactivateAsync(DeactivatedTogether deactivated)
    {
        _refusal = await actions.ReactivateAsync(deactivated);
        await OnChanged.InvokeAsync();
    }

    private async Task DisableScimAsync()
    {
        await actions.DisableAsync(Provider);
        await OnChanged.InvokeAsync();
    }
}
