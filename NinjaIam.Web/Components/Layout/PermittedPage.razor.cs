using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Permitted;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Layout;

/// <summary>
/// A page for whom a role permits something somewhere, and the word that it is not allowed for everybody else, also for somebody who loses
/// the role while the page is open. The services that the page uses ask again themselves.
/// </summary>
public sealed partial class PermittedPage(OwnAccount account, CurrentPerson current) : ComponentBase
{
    /// <summary>How long changes are collected: a provider may change a thousand people a second.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>What decides about permissions: roles and their mappings, members of groups, people themselves.</summary>
    internal static readonly IReadOnlyList<ChangeTopic> RightsTopics =
    [
        ChangeTopic.Users,
        ChangeTopic.Groups,
        ChangeTopic.Roles,
        ChangeTopic.Organizations,
    ];

    private bool _mayOpen;

    [Parameter, EditorRequired]
    public required PermissionKind To { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    private async Task LoadAsync() =>
        _mayOpen =
            await current.FindActorAsync() is { } actor && await account.FindAsync(actor, CancellationToken.None) is { } me && me.May(To);
}
