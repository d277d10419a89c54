using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>One tab of a person's page.</summary>
public abstract class UserPart : ComponentBase
{
    [Parameter, EditorRequired]
    public required PersonDetails Person { get; set; }

    /// <summary>Who manages the person; null for somebody kept by hand.</summary>
    [Parameter]
    public ProviderChoice? Provider { get; set; }
}
