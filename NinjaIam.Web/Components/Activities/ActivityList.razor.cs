using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Activities;

/// <summary>
/// What changed and what was refused, newest first, with a panel for one activity. New lines appear by themselves while the
/// reader is at the top; otherwise a button says how many there are, so that nothing moves under the reader's eyes.
/// </summary>
public sealed partial class ActivityList(
    ActivityLog activities,
    RequestReads requests,
    Providers providers,
    SchemaRegistry schemas,
    CurrentPerson person,
    NavigationManager navigation,
    IJSRuntime scripts,
    PersonClock clock
) : ComponentBase
{
    private const string StartParameter = "before";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly ChangeTopic[] Topics = [.. Enum.GetValues<ChangeTopic>().Where(topic => topic != ChangeTopic.Requests)];
    private static readonly ChangeTopic[] RequestTopics = [ChangeTopic.Requests];
    private static readonly Dictionary<string, ActivityArea> Areas = new(StringComparer.Ordinal)
    {
        ["users"] = ActivityArea.Users,
        ["groups"] = ActivityArea.Groups,
        ["resources"] = ActivityArea.Resources,
        ["providers"] = ActivityArea.Providers,
        ["tokens"] = ActivityArea.Tokens,
        ["organizations"] = ActivityArea.Organizations,
        ["roles"] = ActivityArea.Roles,
        ["sign-in"] = ActivityArea.SignIn,
    };
    private static readonly Dictionary<string, TimeSpan> Spans = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromHours(24),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    private readonly KnownRequests _requests = new(requests);
    private ElementReference _top;
    private ListPage<Activity>? _list;
    private IReadOnlyList<ListFilter>? _filters;
    private IReadOnlyList<ProviderChoice> _providers = [];
    private ActivityFilter _filter = new();
    private ActivityFilter _newer = new();
    private int _page = 1;
    private int _new;
    private bool _paused;

    /// <summary>Only activities of this provider; the filter for providers is left out then.</summary>
    [Parameter]
    public Guid? ProviderId { get; set; }

    /// <summary>Only what happened to this user, group or other resource, by its identifier.</summary>
    [Parameter]
    public string? ResourceId { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (ProviderId is null && ResourceId is null)
        {
            _providers = await providers.ChoicesAsync(await person.ActorAsync(), CancellationToken.None);
        }

        _filters = [.. Filters()];
    }

    private static string CountText(long count) =>
        count switch
        {
            1 => ActivityTexts.CountActivity,
            >= ActivityLog.Reach => Wording.Fill(ActivityTexts.CountActivitiesCapped, count),
            _ => Wording.Fill(ActivityTexts.CountActivities, count),
        };

    private IEnumerable<ListFilter> Filters()
    {
        if (_providers.Count > 0)
        {
            yield return new ListFilter(
                "provider",
                ActivityTexts.FilterProvider,
                [.. _providers.Select(provider => new Option(provider.UniqueIdentifier, provider.DisplayName))]
            );
        }

        // Refusals are not kept per person or group, and one resource has one kind.
        if (ResourceId is null)
        {
            yield return new ListFilter(
                "kind",
                ActivityTexts.FilterKind,
                [
                    new Option("users", ActivityTexts.AreaUsers),
                    new Option("groups", ActivityTexts.AreaGroups),
                    .. schemas.HasCustomTypes ? [new Option("resources", ActivityTexts.AreaResources)] : Array.Empty<Option>(),
                    new Option("providers", ActivityTexts.AreaProviders),
                    new Option("tokens", ActivityTexts.AreaTokens),
                    new Option("organizations", ActivityTexts.AreaOrganizations),
                    new Option("roles", ActivityTexts.AreaRoles),
                    new Option("sign-in", ActivityTexts.AreaSignIn),
                ]
            );
            yield return new ListFilter(
                "result",
                ActivityTexts.FilterResult,
                [new Option("done", ActivityTexts.ResultDone), new Option("refused", ActivityTexts.ResultRefused)]
            );
        }

        yield return new ListFilter(
            "since",
            ActivityTexts.FilterSince,
            [
                new Option("1h", ActivityTexts.SinceHour),
                new Option("24h", ActivityTexts.Since24Hours),
                new Option("7d", ActivityTexts.Since7Days),
                new Option("30d", ActivityTexts.Since30Days),
            ]
        );
    }

    private string AddressOf(Activity activity) =>
        navigation.GetUriWithQueryParameters(
            new Dictionary<string, object?> { [ActivityDrawer.Parameter] = activity.Id, [ActivityDrawer.TabParameter] = null }
        );

    private async Task<ListRows<Activity>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var filter = new ActivityFilter
        {
            Search = query.Search,
            ProviderId = ProviderId ?? _providers.FirstOrDefault(provider => provider.UniqueIdentifier == query.Filter("provider"))?.Id,
            ResourceId = ResourceId,
            Area = query.Filter("kind") is { } kind ? Areas[kind] : null,
            Refused = query.Filter("result") switch
            {
                "done" => false,
                "refused" => true,
                _ => null,
            },
            Since = query.Filter("since") is { } since ? clock.Now - Spans[since] : null,
            Before = ActivityKey.TryParse(query.Start, out var start) ? start : null,
        };
        var actor = await person.ActorAsync();
        var page = await activities.PageAsync(actor, filter, query.Skip, query.Size, cancellationToken);
        var newest = query.Page == 1 ? page.Items : await activities.ListAsync(actor, filter, 1, cancellationToken);
        await _requests.LoadAsync(actor, page.Items, cancellationToken);
        (_filter, _page) = (filter, query.Page);
        _newer = newest.Count > 0 ? filter with { After = ActivityKey.Of(newest[0]) } : filter with { Since = clock.Now };
        if (_new > 0 && _page == 1)
        {
            _new = 0;
            StateHasChanged();
        }

        return new ListRows<Activity>(page.Items, page.Total, ContinuationOf(page));
    }

    private static ListContinuation? ContinuationOf(ActivityPage page) =>
        (page.Older, page.Searched) switch
        {
            (null, _) => null,
            ({ } older, null) => new(
                older.ToString(),
                ActivityTexts.OlderActivities,
                Wording.Fill(ActivityTexts.OlderHint, ActivityLog.Reach)
            ),
            ({ } older, { } searched) => new(
                older.ToString(),
                ActivityTexts.OlderSearch,
                Wording.Fill(ActivityTexts.OlderSearchHint, searched)
            ),
        };

    private async Task HearAsync()
    {
        // What happens now is newer than an older part of the list.
        if (_list is null || _filter.Before is not null)
        {
            return;
        }

        if (!_paused && _page == 1 && await IsAtTopAsync())
        {
            await _list.RefreshAsync();
            return;
        }

        var actor = await person.ActorAsync();
        _new = await activities.CountAsync(actor, _newer, ActivityLog.Reach, CancellationToken.None);
    }

    private async Task HearRequestsAsync() => await _requests.CatchUpAsync(await person.ActorAsync(), clock.Now, CancellationToken.None);

    private async Task TogglePauseAsync()
    {
        _paused = !_paused;
        if (!_paused)
        {
            await HearAsync();
        }
    }

    private async Task ShowNewAsync()
    {
        _new = 0;
        if (_page > 1)
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameter("page", (string?)null));
        }
        else if (_list is not null)
        {
            await _list.RefreshAsync();
        }

        await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/activities.js");
        await module.InvokeVoidAsync("toTop", _top);
    }

    private async Task<bool> IsAtTopAsync()
    {
        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/activities.js");
            return await module.InvokeAsync<bool>("isAtTop", _top);
        }
        catch (JSDisconnectedException)
        {
            // Nobody looks at the moment.
            return false;
        }
    }
}
