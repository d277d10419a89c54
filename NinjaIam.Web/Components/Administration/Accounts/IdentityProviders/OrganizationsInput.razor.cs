using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Some of the organizations. Archived ones stay chosen under their number until they are removed.</summary>
public sealed partial class OrganizationsInput : ComponentBase
{
    private readonly string _id = $"input-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required IReadOnlyList<OrganizationChoice> Choices { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<int> Values { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<int>> ValuesChanged { get; set; }

    [Parameter]
    public string? Error { get; set; }

    private string NameOf(int id) => Choices.FirstOrDefault(choice => choice.Id == id)?.Name ?? id.ToString(CultureInfo.CurrentCulture);

    private Task AddAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? ValuesChanged.InvokeAsync([.. Values.Append(id).Distinct().Order()])
            : Task.CompletedTask;

    private Task RemoveAsync(int id) => ValuesChanged.InvokeAsync([.. Values.Where(other => other != id)]);
}
