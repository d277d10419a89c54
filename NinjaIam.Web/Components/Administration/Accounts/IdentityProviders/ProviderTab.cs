using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What every tab of a provider's page is given.</summary>
public abstract class ProviderTab : ComponentBase
{
    [Parameter, EditorRequired]
    public required ProviderDetails Provider { get; set; }

    /// <summary>Told after something was changed here.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }
}
