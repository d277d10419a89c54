using System.Globalization;
using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Roles by the value of an attribute: the way out where no groups are sent, and one more way where they are.</summary>
public sealed partial class AttributeMappings(RoleMappings mappings) : ComponentBase
{
    private FieldErrors _errors = FieldErrors.None;
    private string? _attribute;
    private string? _value;
    private string? _role;

    [Parameter, EditorRequired]
    public required IReadOnlyList<MappedValue> Values { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleChoice> Roles { get; set; }

    [Parameter, EditorRequired]
    public required MappingEdit Edit { get; set; }

    /// <summary>Whether the vendor sends groups as well.</summary>
    [Parameter]
    public bool HasGroups { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private List<Option> AttributeOptions => [.. mappings.Attributes.Select(each => new Option(each.Name, each.Name))];

    private List<Option> RoleOptions => [.. Roles.Select(role => new Option(role.Id.ToString(CultureInfo.InvariantCulture), role.Name))];

    private static string PeopleText(int people) =>
        people == 1 ? MappingTexts.PeopleByValueOne : Wording.Fill(MappingTexts.PeopleByValue, people);

    private string NameOf(int role) => Roles.FirstOrDefault(choice => choice.Id == role)?.Name ?? role.ToString(CultureInfo.CurrentCulture);

    private async Task AddAsync()
    {
        var hasRole = int.TryParse(_role, NumberStyles.None, CultureInfo.InvariantCulture, out var role);
        var missing =
            string.IsNullOrEmpty(_attribute)
                ? new Refusal(RefusalKind.InvalidValue, MappingTexts.ChooseAttributeFirst, nameof(NewMapping.Attribute))
            : string.IsNullOrWhiteSpace(_value) ? new Refusal(RefusalKind.InvalidValue, MappingTexts.EnterValue, nameof(NewMapping.Value))
            : !hasRole ? new Refusal(RefusalKind.InvalidValue, MappingTexts.ChooseRoleFirst, nameof(NewMapping.RoleId))
            : null;
        _errors = missing is null ? FieldErrors.None : FieldErrors.Of(missing);
        if (missing is null)
        {
            var added = new NewMapping(role, null, _attribute, _value!.Trim());
            (_value, _role) = (null, null);
            await ChangeAsync(() => Edit.Add(added));
        }
    }

    private Task ChangeAsync(Action change)
    {
        change();
        return OnEdited.InvokeAsync();
    }
}
