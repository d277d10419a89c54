using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>
/// Add provider in four steps, each with an address. What is entered is kept on the server while somebody types, so that leaving,
/// Back and a lost connection lose nothing.
/// </summary>
public sealed partial class AddProviderPage(
    ProviderDrafts drafts,
    OrganizationDirectory organizations,
    CurrentPerson person,
    NavigationManager navigation,
    PersonClock clock,
    TimeProvider time
) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(600);
    private static readonly Crumb[] Crumbs =
    [
        new(ProviderListTexts.CrumbAdministration),
        new(ProviderListTexts.CrumbAccounts),
        new(ProviderListTexts.Title, ProviderAddress.List),
    ];

    private ProviderDraftView? _draft;
    private ProviderInput _input = new();
    private ImportedMetadata? _metadata;
    private IReadOnlyList<OrganizationChoice> _organizations = [];
    private FieldErrors _errors = FieldErrors.None;
    private Refusal? _refusal;
    private AddProviderStep _step;
    private DateTimeOffset? _savedAt;
    private CancellationTokenSource? _typing;
    private bool _unsaved;
    private bool _gone;

    [Parameter]
    public Guid DraftId { get; set; }

    [Parameter]
    public string? StepName { get; set; }

    private ProviderDraftContent Content => new() { Input = _input, Metadata = _metadata };

    private Vendor Vendor => _input.Vendor ?? Vendor.Custom;

    private string CopyTitle =>
        Vendor == Vendor.Custom ? AddProviderTexts.CopyToYours : Wording.Fill(AddProviderTexts.CopyTo, VendorCatalog.Of(Vendor).Name);

    public async ValueTask DisposeAsync()
    {
        _typing?.Cancel();
        _typing?.Dispose();
        if (_unsaved)
        {
            await KeepAsync();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_draft?.Id != DraftId)
        {
            await LoadAsync();
        }

        if (_draft is null)
        {
            return;
        }

        var wanted =
            Enum.TryParse<AddProviderStep>(StepName, ignoreCase: true, out var named) && Enum.IsDefined(named)
                ? named
                : AddProviderStep.Provider;
        var furthest = AddProviderSteps.Furthest(Content);
        _step = wanted <= furthest ? wanted : furthest;
        if (_step != wanted)
        {
            navigation.NavigateTo(ProviderAddress.Step(DraftId, _step), replace: true);
        }
    }

    private async Task LoadAsync()
    {
        var actor = await person.ActorAsync();
        _draft = await drafts.FindAsync(actor, DraftId, CancellationToken.None);
        _gone = _draft is null;
        if (_draft is not null)
        {
            (_input, _metadata, _savedAt) = (_draft.Content.Input, _draft.Content.Metadata, null);
            (_errors, _refusal, _unsaved) = (FieldErrors.None, null, false);
            _organizations = await organizations.ChoicesAsync(actor, CancellationToken.None);
        }
    }

    private string NameOf(int id) =>
        _organizations.FirstOrDefault(choice => choice.Id == id)?.Name ?? id.ToString(CultureInfo.CurrentCulture);

    private string TimeOf(DateTimeOffset moment) => clock.Local(moment).ToString("t", CultureInfo.CurrentCulture);

    private async Task ChooseVendorAsync(Vendor vendor)
    {
        _input = _input with { Vendor = vendor };
        await KeepAsync();
        GoTo(AddProviderStep.Details);
    }

    private async Task ChangeAsync(ProviderInput input)
    {
        (_input, _unsaved) = (input, true);
        // An error that was shown follows the keys; a field nobody has reached yet is not blamed.
        var wrong = AddProviderSteps.Wrong(input);
        _errors = _errors.Any || wrong[nameof(ProviderInput.Domains)] is not null && input.Domains.Count > 0 ? wrong : FieldErrors.None;
        _typing?.Cancel();
        _typing?.Dispose();
        _typing = new CancellationTokenSource();
        var token = _typing.Token;
        try
        {
            await Task.Delay(TypingPause, time, token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await KeepAsync();
        if (!_errors.Any && await TakenAsync() is { } taken && !token.IsCancellationRequested)
        {
            _errors = FieldErrors.Of(taken);
        }
    }

    private async Task<Refusal?> TakenAsync() => await drafts.TakenAsync(await person.ActorAsync(), _input, CancellationToken.None);

    private async Task FinishDetailsAsync()
    {
        _typing?.Cancel();
        await KeepAsync();
        _errors = AddProviderSteps.Wrong(_input);
        if (!_errors.Any && await TakenAsync() is { } taken)
        {
            _errors = FieldErrors.Of(taken);
        }

        if (!_errors.Any)
        {
            GoTo(AddProviderStep.Connect);
        }
    }

    private Task TakeMetadataAsync(ImportedMetadata metadata)
    {
        _metadata = metadata;
        return KeepAsync();
    }

    private async Task KeepAsync()
    {
        _unsaved = false;
        var kept = await drafts.KeepAsync(DraftId, Content, await person.OriginAsync(), CancellationToken.None);
        (_savedAt, _gone) = kept.Match<(DateTimeOffset?, bool)>(at => (at, false), _ => (_savedAt, true));
    }

    private async Task SaveAsync()
    {
        _refusal = null;
        var saved = await drafts.SaveAsync(DraftId, await person.OriginAsync(), CancellationToken.None);
        _refusal = saved.Match<Refusal?>(
            identifier =>
            {
                navigation.NavigateTo(ProviderAddress.Of(identifier), replace: true);
                return null;
            },
            refusal => refusal
        );
        if (_refusal?.Field is not null)
        {
            _errors = FieldErrors.Of(_refusal);
        }
    }

    private void GoTo(AddProviderStep step) => navigation.NavigateTo(ProviderAddress.Step(DraftId, step));

    private RenderFragment EditOf(AddProviderStep step) =>
        builder =>
        {
            builder.OpenComponent<ActionButton>(0);
            builder.AddComponentParameter(1, nameof(ActionButton.Href), ProviderAddress.Step(DraftId, step));
            builder.AddComponentParameter(2, nameof(ActionButton.TestId), $"edit-{step}");
            builder.AddComponentParameter(3, "aria-label", Wording.Fill(AddProviderTexts.EditOf, AddProviderSteps.TitleOf(step)));
            builder.AddComponentParameter(
                4,
                nameof(ActionButton.ChildContent),
                (RenderFragment)(text => text.AddContent(0, AddProviderTexts.Edit))
            );
            builder.CloseComponent();
        };
}
