using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What is carried into the identity provider's console for single sign-on.</summary>
public sealed partial class ProviderValues : ComponentBase
{
    [Parameter, EditorRequired]
    public required string UniqueIdentifier { get; set; }

    [Parameter, EditorRequired]
    public required string EntityId { get; set; }

    [Parameter, EditorRequired]
    public required string ReplyUrl { get; set; }

    /// <summary>The same at further addresses of the portal.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> BrandedReplyUrls { get; set; }
}
