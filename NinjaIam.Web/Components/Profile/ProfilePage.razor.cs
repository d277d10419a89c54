using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Permitted;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Profile;

/// <summary>What is known about whoever looks, what of it they decide themselves, and where they are signed in. Each subject is a card.</summary>
public sealed partial class ProfilePage(OwnAccount account, CurrentPerson current, PersonClock clock, NavigationManager navigation)
    : ComponentBase,
        IDisposable
{
    private OwnAccountDetails? _me;

    public void Dispose() => clock.Ticked -= OnTicked;

    // The browser tells its time zone a moment after the page is there.
    protected override void OnInitialized() => clock.Ticked += OnTicked;

    private static IEnumerable<(string Label, string? Value, string Name)> Names(OwnProfile profile) =>
        [
            (ProfileTexts.Name, profile.Name, "my-name"),
            (ProfileTexts.Email, profile.Email, "my-email"),
            (ProfileTexts.UserName, profile.UserName, "my-user-name"),
        ];

    private void OnTicked() => _ = InvokeAsync(StateHasChanged);

    private async Task LoadAsync() =>
        _me = await current.FindActorAsync() is { } actor ? await account.FindAsync(actor, CancellationToken.None) : null;

    private async Task SavedAsync(LocalSettings settings)
    {
        if (settings.Language != _me?.Profile?.Settings.Language)
        {
            // How dates and numbers are written is settled when a page is loaded.
            navigation.Refresh(forceReload: true);
            return;
        }

        clock.UseZone(settings.TimeZone);
        await LoadAsync();
    }
}
