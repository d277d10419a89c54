using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>All identity providers, and all their live SCIM tokens.</summary>
public sealed partial class IdentityProvidersPage : ComponentBase
{
    private readonly PageTab[] _tabs =
    [
        new("providers", ProviderListTexts.TabProviders, Of<ProviderList>()),
        new("tokens", ProviderListTexts.TabTokens, Of<TokenList>()),
    ];

    private static RenderFragment Of<TContent>()
        where TContent : IComponent =>
        builder =>
        {
            builder.OpenComponent<TContent>(0);
            builder.CloseComponent();
        };
}
