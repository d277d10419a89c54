using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The people whom the provider could not deactivate or delete and who still have access; nothing when there are none.</summary>
public sealed partial class ShouldBeInactiveCard(RefusedDeactivations refused, PersonAccess access, CurrentPerson person) : ComponentBase
{
    private const int PeopleAtOnce = 25;

    private static readonly ChangeTopic[] Watched = [ChangeTopic.Users];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private IReadOnlyList<ShouldBeInactive> _people = [];
    private Refusal? _refusal;
    private int _total;

    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    private Task ReloadAsync() => ReadAsync(Math.Max(PeopleAtOnce, _people.Count));

    private Task MoreAsync() => ReadAsync(_people.Count + PeopleAtOnce);

    private async Task ReadAsync(int count)
    {
        var page = await refused.ListAsync(await person.ActorAsync(), Provider.Id, new PageRequest(0, count), CancellationToken.None);
        (_people, _total) = (page.Items, page.Total);
    }

    private async Task BlockAsync(ShouldBeInactive one) =>
        await ShowAsync(await access.BlockAsync(one.Id, await person.OriginAsync(), CancellationToken.None));

    private async Task DismissAsync(ShouldBeInactive one) =>
        await ShowAsync(await refused.DismissAsync(one.Id, await person.OriginAsync(), CancellationToken.None));

    private async Task ShowAsync(Outcome<Completed> outcome)
    {
        _refusal = outcome.RefusalOrNull();
        await ReloadAsync();
    }
}
