using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>What the attributes of our extension are given in the vendor's console, for the chosen organization.</summary>
public sealed partial class GuideMappings : ComponentBase
{
    private bool _blocked;

    [Parameter, EditorRequired]
    public required SetupGuide Guide { get; set; }

    [Parameter, EditorRequired]
    public required ChosenOrganization Organization { get; set; }

    private IEnumerable<GuideMapping> Suitable => Guide.Mappings.Where(mapping => Organization.Suits(mapping.Source));

    private void Tried(bool copied) => _blocked = !copied;
}
