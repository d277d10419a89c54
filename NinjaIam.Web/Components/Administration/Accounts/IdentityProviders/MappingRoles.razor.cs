using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>The roles of one group: those it gives, and what is wanted of them.</summary>
public sealed partial class MappingRoles : ComponentBase
{
    private int _chosen;

    [Parameter, EditorRequired]
    public required MappedGroup Group { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleChoice> Roles { get; set; }

    [Parameter, EditorRequired]
    public required MappingEdit Edit { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private IEnumerable<RoleChoice> Choices =>
        Roles.Where(choice =>
            Group.Roles.All(role => role.RoleId != choice.Id) && Edit.AddedTo(Group.Id).All(added => added.RoleId != choice.Id)
        );

    private string NameOf(int role) => Roles.FirstOrDefault(choice => choice.Id == role)?.Name ?? role.ToString(CultureInfo.CurrentCulture);

    private Task AddAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var role)
            ? ChangeAsync(() => Edit.Add(new NewMapping(role, Group.Id, null, null)))
            : Task.CompletedTask;

    private Task ChangeAsync(Action change)
    {
        change();
        // A new select stands at its first choice again.
        _chosen++;
        return OnEdited.InvokeAsync();
    }
}
