using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Activities;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>One person: what is known about them, who decides it, and what happened.</summary>
public sealed partial class UserPage(People people, Providers providers, CurrentPerson current, PersonClock clock) : ComponentBase
{
    private static readonly ChangeTopic[] Topics =
    [
        ChangeTopic.Users,
        ChangeTopic.Groups,
        ChangeTopic.Roles,
        ChangeTopic.Organizations,
        ChangeTopic.Providers,
    ];
    private static readonly IReadOnlyList<Crumb> Crumbs =
    [
        new(UserTexts.Administration),
        new(UserTexts.Accounts),
        new(UserTexts.AllUsers, "/administration/accounts/users"),
    ];

    private PersonDetails? _person;
    private ProviderChoice? _provider;

    [Parameter]
    public Guid Id { get; set; }

    private async Task LoadAsync()
    {
        var actor = await current.ActorAsync();
        var found = await people.FindAsync(actor, Id, CancellationToken.None);
        _provider = found?.Person.ProviderId is { } provider
            ? (await providers.ChoicesAsync(actor, CancellationToken.None)).FirstOrDefault(choice => choice.Id == provider)
            : null;
        _person = found;
    }

    private List<PageTab> Tabs(PersonDetails person)
    {
        List<PageTab> tabs = [new("profile", UserTexts.TabProfile, Part<UserProfile>(person))];
        if (person.Person.ProviderId is not null)
        {
            tabs.Add(new PageTab("groups", UserTexts.TabGroups, Part<UserGroups>(person)));
        }

        if (person.Person.Kind != AccountKind.SystemAdministrator)
        {
            tabs.Add(new PageTab("roles", UserTexts.TabRoles, Part<UserRoles>(person)));
        }

        tabs.Add(new PageTab("activities", UserTexts.TabActivities, Activities(person)));
        if (person.Document is not null)
        {
            tabs.Add(new PageTab("scim", UserTexts.TabScim, Part<UserScimDocument>(person)));
        }

        return tabs;
    }

    private RenderFragment Part<TPart>(PersonDetails person)
        where TPart : UserPart =>
        builder =>
        {
            builder.OpenComponent<TPart>(0);
            builder.AddComponentParameter(1, nameof(UserPart.Person), person);
            builder.AddComponentParameter(2, nameof(UserPart.Provider), _provider);
            builder.CloseComponent();
        };

    private static RenderFragment Activities(PersonDetails person) =>
        builder =>
        {
            builder.OpenComponent<ActivityList>(0);
            builder.SetKey(person.Person.Id);
            builder.AddComponentParameter(1, nameof(ActivityList.ResourceId), person.Person.Id.ToString("D"));
            builder.CloseComponent();
        };
}
