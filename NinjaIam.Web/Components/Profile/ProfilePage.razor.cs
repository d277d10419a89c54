using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>What is known about whoever looks, and how dates and numbers are written for them.</summary>
public sealed partial class ProfilePage(People people, CurrentPerson person, PersonClock clock) : ComponentBase, IDisposable
{
    private static readonly ChangeTopic[] Topics = [ChangeTopic.Users];

    private PersonDetails? _me;

    public void Dispose() => clock.Ticked -= OnTicked;

    // The browser tells its time zone a moment after the page is there.
    protected override void OnInitialized() => clock.Ticked += OnTicked;

    private void OnTicked() => _ = InvokeAsync(StateHasChanged);

    private async Task LoadAsync()
    {
        var actor = await person.ActorAsync();
        _me = actor.Id is { } id ? await people.FindAsync(actor, id, CancellationToken.None) : null;
    }
}
