using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders.Setup;

/// <summary>What stands under a step of a guide, with the values of a provider. A token is never among them: nobody has it any more.</summary>
public sealed partial class GuideFields : ComponentBase
{
    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    [Parameter, EditorRequired]
    public required GuideStep Step { get; set; }

    private VendorRecipe Recipe => VendorCatalog.Of(Provider.Vendor);
}
