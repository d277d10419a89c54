using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The people who were changed here while SCIM was off or paused, value by value; nothing when there are none.</summary>
public sealed partial class ChangedHereCard(ManagedPeople managed, CurrentPerson person) : ComponentBase
{
    private const int PeopleAtOnce = 25;

    private static readonly ChangeTopic[] Watched = [ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private IReadOnlyList<ChangedHerePerson> _people = [];
    private int _total;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    protected override Task OnInitializedAsync() => ReadAsync(PeopleAtOnce);

    private Task ReloadAsync() => ReadAsync(Math.Max(PeopleAtOnce, _people.Count));

    private Task MoreAsync() => ReadAsync(_people.Count + PeopleAtOnce);

    private async Task ReadAsync(int count)
    {
        var page = await managed.ListChangedHereAsync(
            await person.ActorAsync(),
            Provider.Id,
            new PageRequest(0, count),
            CancellationToken.None
        );
        (_people, _total) = (page.Items, page.Total);
    }
}
