using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Adoption;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Activities;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Dashboard;

/// <summary>What needs somebody first, then how much there is and what happened last.</summary>
public sealed partial class DashboardPage(
    Providers providers,
    People people,
    ActivityLog activities,
    RequestReads requests,
    Adoptions adoptions,
    RefusedDeactivations refusedDeactivations,
    MassDepartures massDepartures,
    CurrentPerson person,
    PersonClock clock
) : ComponentBase
{
    private const int ActivitiesShown = 8;
    private const int TokensShown = 5;
    private const string RefusedToday = "/activities?result=refused&since=24h";

    private static readonly ChangeTopic[] Topics = [.. Enum.GetValues<ChangeTopic>().Where(topic => topic != ChangeTopic.Requests)];
    private static readonly ChangeTopic[] RequestTopics = [ChangeTopic.Requests];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly KnownRequests _requests = new(requests);
    private DashboardContent? _content;

    private static string AddressOf(string identifier) => $"/administration/accounts/identity-providers/{identifier}";

    private static IEnumerable<(string Title, string Text, string Href, bool Done)> Steps(DashboardContent content) =>
        [
            (
                DashboardTexts.StepAdd,
                DashboardTexts.StepAddText,
                content.Providers > 0 ? "/administration/accounts/identity-providers" : "/administration/accounts/identity-providers/new",
                content.Providers > 0
            ),
            (
                DashboardTexts.StepEnable,
                DashboardTexts.StepEnableText,
                "/administration/accounts/identity-providers",
                content.ScimWasEnabled
            ),
            (DashboardTexts.StepWatch, DashboardTexts.StepWatchText, "/administration/accounts/users", content.SomebodyArrived),
        ];

    private async Task HearRequestsAsync() => await _requests.CatchUpAsync(await person.ActorAsync(), clock.Now, CancellationToken.None);

    private async Task LoadAsync()
    {
        var actor = await person.ActorAsync();
        var attention = await providers.NeedingAttentionAsync(actor, CancellationToken.None);
        var count = await providers.CountAsync(actor, CancellationToken.None);
        var neverEnabled = await providers.ListAsync(
            actor,
            new ProviderFilter { ScimState = ScimState.NotEnabled },
            new PageRequest(0, 1),
            CancellationToken.None
        );
        var all = await people.CountAsync(actor, new PeopleFilter(), CancellationToken.None);
        var byHand = await people.CountAsync(actor, new PeopleFilter { ByHand = true }, CancellationToken.None);
        var inactive = await people.CountAsync(actor, new PeopleFilter { Status = AccountStatus.Inactive }, CancellationToken.None);
        var refused = await activities.RefusalsSinceAsync(actor, null, clock.Now.AddDays(-1), CancellationToken.None);
        var latest = await activities.ListAsync(actor, new ActivityFilter(), ActivitiesShown, CancellationToken.None);
        await _requests.LoadAsync(actor, latest, CancellationToken.None);
        var tokens = await providers.TokensAsync(actor, new PageRequest(0, TokensShown), CancellationToken.None);
        var waiting = await adoptions.CountWaitingAsync(actor, CancellationToken.None);
        var stillActive = await refusedDeactivations.CountAsync(actor, CancellationToken.None);
        var leaving = await massDepartures.OpenAsync(actor, providerId: null, CancellationToken.None);
        IEnumerable<Attention> lines =
        [
            .. leaving.Select(Attention.Of),
            .. stillActive.Select(Attention.Of),
            .. attention.SelectMany(provider => Attention.Of(provider, clock)),
            .. waiting.Select(Attention.Of),
        ];
        _content = new DashboardContent(
            [.. lines.OrderByDescending(line => line.Role)],
            count,
            all,
            inactive,
            refused,
            count > neverEnabled.Total,
            all > byHand,
            latest,
            tokens.Items
        );
    }
}
