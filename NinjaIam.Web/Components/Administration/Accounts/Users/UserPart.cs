using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Provisioning;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <summary>One tab of a person's page.</summary>
public abstract class UserPart : ComponentBase
{
    [Parameter, EditorRequired]
    public required PersonDetails Person { get; set; }

    /// <summary>Who manages the person; null for somebody kept by hand.</summary>
    [Parameter]
    public ProviderChoice? Provider { get; set; }

    /// <summary>Whether the identity provider decides about names and email now.</summary>
    [Parameter]
    public bool IsLocked { get; set; }

    /// <summary>What was changed here while the identity provider did not decide, and is overwritten when it does again.</summary>
    [Parameter]
    public IReadOnlyList<ChangedHereValue> ChangedHere { get; set; } = [];
}
