using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Accounts;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>How far a provider is, step by step. Its page gives it new details whenever something changed, and the steps tick themselves.</summary>
public sealed partial class SetupCard(SetupChecklists checklists, ActivityLog activities, CurrentPerson person) : ComponentBase
{
    private const int AttemptsShown = 3;

    private readonly string _stepsId = $"setup-{Guid.NewGuid():N}";
    private SetupChecklist? _checklist;
    private IReadOnlyList<Activity> _attempts = [];
    private bool _unfolded;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    [Parameter]
    public bool LeadsToGuide { get; set; } = true;

    protected override async Task OnParametersSetAsync()
    {
        var actor = await person.ActorAsync();
        var checklist = await checklists.FindAsync(actor, Provider.Id, CancellationToken.None);
        var isWaiting = checklist?.Marks.Any(mark => mark is { Step: SetupStep.FirstRequest, IsDone: false }) == true;
        _attempts = isWaiting ? await RefusedAttempts.ReadAsync(activities, actor, Provider.Id, Provider.CreatedAt, AttemptsShown) : [];
        _checklist = checklist;
    }

    private static string NameOf(SetupStep step) =>
        step switch
        {
            SetupStep.SamlSettings => SetupTexts.StepSamlSettings,
            SetupStep.ScimEnabled => SetupTexts.StepScimEnabled,
            SetupStep.TokenCreated => SetupTexts.StepTokenCreated,
            SetupStep.FirstRequest => SetupTexts.StepFirstRequest,
            SetupStep.FirstUser => SetupTexts.StepFirstUser,
            SetupStep.FirstGroup => SetupTexts.StepFirstGroup,
            _ => SetupTexts.StepFirstRoleMapping,
        };

    private string StateOf(SetupMark mark) =>
        mark.IsDone ? SetupTexts.StateDone
        : mark.Step == _checklist?.Next ? SetupTexts.StateNext
        : SetupTexts.StateOpen;

    /// <summary>Where the step is taken, or where its result is seen; null for what stands beside the card.</summary>
    private string? PlaceOf(SetupStep step) =>
        step switch
        {
            SetupStep.SamlSettings => ProviderAddress.Of(Provider.UniqueIdentifier, ProviderAddress.SingleSignOnTab),
            SetupStep.FirstRequest => ProviderAddress.Activities(Provider.UniqueIdentifier),
            SetupStep.FirstUser => ProviderAddress.Users(Provider.UniqueIdentifier),
            SetupStep.FirstGroup => ProviderAddress.Groups(Provider.UniqueIdentifier),
            SetupStep.FirstRoleMapping => ProviderAddress.Of(Provider.UniqueIdentifier, ProviderAddress.MappingTab),
            _ => null,
        };

    private void Toggle() => _unfolded = !_unfolded;
}
