using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Layout;

/// <summary>The pages that the roles of a technician or an end user open; it follows when roles change.</summary>
public sealed partial class PermittedEntries(OwnAccount account, CurrentPerson current) : ComponentBase
{
    private OwnAccountDetails? _me;

    private async Task LoadAsync() =>
        _me = await current.FindActorAsync() is { } actor ? await account.FindAsync(actor, CancellationToken.None) : null;
}
