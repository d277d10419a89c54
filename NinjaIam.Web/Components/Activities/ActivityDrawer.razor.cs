using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Activities;

/// <summary>One activity in full, beside the list. Which one stands in the page's address, so Back closes the panel.</summary>
public sealed partial class ActivityDrawer(
    ActivityLog activities,
    RequestReads requests,
    RequestLog log,
    PortalAddress address,
    CurrentPerson person,
    PersonClock clock,
    NavigationManager navigation
) : ComponentBase, IDisposable
{
    public const string Parameter = "activity";
    public const string TabParameter = "view";

    private static readonly ChangeTopic[] RequestTopics = [ChangeTopic.Requests];

    private string? _id;
    private Activity? _activity;
    private LoggedRequest? _request;
    private IReadOnlyList<ChangedValue> _changes = [];
    private bool _missing;
    private Copied? _blocked;

    /// <summary>What can be copied from here.</summary>
    private enum Copied
    {
        Link,
        Curl,
    }

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        return ReadAddressAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) =>
        _ = InvokeAsync(async () =>
        {
            await ReadAddressAsync();
            StateHasChanged();
        });

    private async Task ReadAddressAsync()
    {
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(Parameter, out var wanted);
        var id = string.IsNullOrEmpty(wanted) ? null : wanted.ToString();
        if (id == _id)
        {
            return;
        }

        (_id, _activity, _request, _changes, _missing, _blocked) = (id, null, null, [], false, null);
        if (id is null)
        {
            return;
        }

        var actor = await person.ActorAsync();
        var activity = await activities.FindAsync(actor, id, CancellationToken.None);
        var changes = await activities.ChangesAsync(actor, id, CancellationToken.None);
        var request = activity is null ? null : await RequestOfAsync(actor, activity);
        if (id == _id)
        {
            (_activity, _request, _changes, _missing) = (activity, request, changes, activity is null);
        }
    }

    /// <summary>A request is written a moment after what it changed.</summary>
    private async Task ReadRequestAsync()
    {
        var id = _id;
        if (_activity is { } activity && await RequestOfAsync(await person.ActorAsync(), activity) is { } request && id == _id)
        {
            _request = request;
        }
    }

    private async Task<LoggedRequest?> RequestOfAsync(Actor actor, Activity activity) =>
        ActivityRequests.HasRequest(activity) ? await requests.FindAsync(actor, activity.RequestId, CancellationToken.None) : null;

    private void Tried(Copied what, bool copied) => _blocked = copied ? null : what;

    private string CurlOf(LoggedRequest request) => CurlCommand.Of(request, address.BaseUrl);

    private void Close() =>
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [Parameter] = null, [TabParameter] = null })
        );

    private List<PageTab> Tabs(Activity activity)
    {
        List<PageTab> tabs = [new("summary", ActivityTexts.TabSummary, Summary(activity))];
        if (!activity.IsRefused)
        {
            tabs.Add(new PageTab("changes", ActivityTexts.TabChanges, Changes(activity)));
        }

        if (ActivityRequests.HasRequest(activity))
        {
            tabs.Add(new PageTab("request", ActivityTexts.TabRequest, Request(activity)));
            tabs.Add(new PageTab("response", ActivityTexts.TabResponse, Response(activity)));
        }

        if (ActivitySentences.WhatToDo(activity) is { } advice)
        {
            tabs.Add(new PageTab("advice", ActivityTexts.TabAdvice, Advice(advice)));
        }

        return tabs;
    }

    private RenderFragment Summary(Activity activity) =>
        builder =>
        {
            builder.OpenComponent<ActivitySummary>(0);
            builder.AddComponentParameter(1, nameof(ActivitySummary.Activity), activity);
            builder.AddComponentParameter(2, nameof(ActivitySummary.Request), _request?.Brief);
            builder.CloseComponent();
        };

    private RenderFragment Request(Activity activity) =>
        builder =>
        {
            if (_request is null)
            {
                Absent(builder, activity);
                return;
            }

            builder.OpenComponent<ActivityRequest>(0);
            builder.AddComponentParameter(1, nameof(ActivityRequest.Request), _request);
            builder.CloseComponent();
        };

    private RenderFragment Response(Activity activity) =>
        builder =>
        {
            if (_request is null)
            {
                Absent(builder, activity);
                return;
            }

            builder.OpenComponent<ActivityResponse>(0);
            builder.AddComponentParameter(1, nameof(ActivityResponse.Request), _request);
            builder.CloseComponent();
        };

    private void Absent(RenderTreeBuilder builder, Activity activity)
    {
        builder.OpenElement(3, "p");
        builder.AddAttribute(4, "data-testid", "request-absent");
        builder.AddContent(5, ActivityRequests.Words(ActivityRequests.WhyAbsent(activity, log, clock.Now), log));
        builder.CloseElement();
    }

    private RenderFragment Changes(Activity activity) =>
        builder =>
        {
            builder.OpenComponent<ActivityChanges>(0);
            builder.AddComponentParameter(1, nameof(ActivityChanges.Activity), activity);
            builder.AddComponentParameter(2, nameof(ActivityChanges.Changes), _changes);
            builder.CloseComponent();
        };

    private static RenderFragment Advice(string advice) =>
        builder =>
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "data-testid", "activity-advice");
            builder.AddContent(2, advice);
            builder.CloseElement();
        };

    // The plain list and the activity: what was filtered at the moment is nobody else's business.
    private string LinkTo(Activity activity) => navigation.ToAbsoluteUri($"activities?{Parameter}={activity.Id}").ToString();
}
