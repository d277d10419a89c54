using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The provider's SCIM connection at a glance. Its page gives it new details whenever something changed.</summary>
public sealed partial class ScimWidget(
    ScimActions actions,
    ActivityLog activities,
    RequestReads requests,
    RequestLog log,
    CurrentPerson person,
    PersonClock clock
) : ComponentBase
{
    private const int AttemptsShown = 5;

    private readonly string _reasonId = $"reason-{Guid.NewGuid():N}";
    private IReadOnlyList<Activity> _attempts = [];
    private RequestSummary _requests = new(0, null, null, null, 0);
    private int _refusals;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    /// <summary>Told after something was done here.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string OffText =>
        Provider.Vendor == Vendor.Custom ? ScimTexts.OffTextYours : Wording.Fill(ScimTexts.OffText, VendorCatalog.Of(Provider.Vendor).Name);

    /// <summary>Whether the log misses something, in words.</summary>
    private string? NotKept =>
        log.State switch
        {
            RequestLogState.DiskFull => ScimTexts.RequestsDiskFull,
            RequestLogState.Broken => ScimTexts.RequestsBroken,
            _ when _requests.Lost > 0 => Wording.Fill(ScimTexts.RequestsLost, _requests.Lost),
            _ => null,
        };

    protected override async Task OnParametersSetAsync()
    {
        var actor = await person.ActorAsync();
        _requests = await requests.SummaryAsync(actor, Provider.Id, clock.Now.AddDays(-1), CancellationToken.None);
        _refusals = await activities.RefusalsSinceAsync(actor, Provider.Id, clock.Now.AddDays(-1), CancellationToken.None);
        _attempts =
            Provider.Scim == ScimState.WaitingForFirstRequest
                ? await RefusedAttempts.ReadAsync(
                    activities,
                    actor,
                    Provider.Id,
                    Provider.LiveTokens.Min(token => token.CreatedAt),
                    AttemptsShown
                )
                : [];
    }

    private async Task OpenAsync()
    {
        await actions.OpenAsync(Provider);
        await OnChanged.InvokeAsync();
    }

    private async Task CreateTokenAsync()
    {
        await actions.CreateTokenAsync(Provider);
        await OnChanged.InvokeAsync();
    }
}
