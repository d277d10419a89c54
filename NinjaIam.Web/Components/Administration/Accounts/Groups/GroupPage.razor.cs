using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Activities;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Groups;

/// <summary>One group: who is in it and what happened to it.</summary>
public sealed partial class GroupPage(DirectoryQueries directory, CurrentPerson person) : ComponentBase
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Groups, ChangeTopic.Providers];
    private static readonly IReadOnlyList<Crumb> Crumbs =
    [
        new(GroupTexts.Administration),
        new(GroupTexts.Accounts),
        new(GroupTexts.Groups, "/administration/accounts/groups"),
    ];

    private GroupDetails? _group;

    [Parameter]
    public Guid Id { get; set; }

    private async Task LoadAsync() => _group = await directory.FindGroupAsync(await person.ActorAsync(), Id, CancellationToken.None);

    private static List<PageTab> Tabs(GroupDetails group) =>
        [new("members", GroupTexts.TabMembers, Members(group)), new("activities", GroupTexts.TabActivities, Activities(group))];

    private static RenderFragment Members(GroupDetails group) =>
        builder =>
        {
            builder.OpenComponent<GroupMembers>(0);
            builder.SetKey(group.Group.Id);
            builder.AddComponentParameter(1, nameof(GroupMembers.Group), group.Group);
            builder.CloseComponent();
        };

    private static RenderFragment Activities(GroupDetails group) =>
        builder =>
        {
            builder.OpenComponent<ActivityList>(0);
            builder.SetKey(group.Group.Id);
            builder.AddComponentParameter(1, nameof(ActivityList.ResourceId), group.Group.Id.ToString("D"));
            builder.CloseComponent();
        };
}
