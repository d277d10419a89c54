using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Web.Components.Activities;

/// <summary>One activity in full, beside the list. Which one stands in the page's address, so Back closes the panel.</summary>
public sealed partial class ActivityDrawer(ActivityLog activities, CurrentPerson person, NavigationManager navigation)
    : ComponentBase,
        IDisposable
{
    public const string Parameter = "activity";
    public const string TabParameter = "view";

    private string? _id;
    private Activity? _activity;
    private IReadOnlyList<ChangedValue> _changes = [];
    private bool _missing;

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

        (_id, _activity, _changes, _missing) = (id, null, [], false);
        if (id is null)
        {
            return;
        }

        var actor = await person.ActorAsync();
        var activity = await activities.FindAsync(actor, id, CancellationToken.None);
        var changes = await activities.ChangesAsync(actor, id, CancellationToken.None);
        if (id == _id)
        {
            (_activity, _changes, _missing) = (activity, changes, activity is null);
        }
    }

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
            builder.AddComponentParameter(2, nameof(ActivitySummary.Link), LinkTo(activity));
            builder.CloseComponent();
        };

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
