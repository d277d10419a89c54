using Microsoft.AspNetCore.Components;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Provisioning;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>Says that a value was changed here, and what the identity provider has in its place.</summary>
public sealed partial class ChangedHereMark : ComponentBase
{
    [Parameter, EditorRequired]
    public required ChangedHereValue Value { get; set; }

    [Parameter]
    public ProviderChoice? Provider { get; set; }
}
