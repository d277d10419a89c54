using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Permitted;

/// <summary>Where technicians land: what their roles permit and where, or plainly that they permit nothing, and whom to ask.</summary>
public sealed partial class HomePage(OwnAccount account, CurrentPerson current, NavigationManager navigation) : ComponentBase
{
    private OwnAccountDetails? _me;

    private async Task LoadAsync()
    {
        _me = await current.FindActorAsync() is { } actor ? await account.FindAsync(actor, CancellationToken.None) : null;
        if (_me is { Kind: not AccountKind.Technician and var kind })
        {
            navigation.NavigateTo(HomePaths.Of(kind), replace: true);
        }
    }
}
