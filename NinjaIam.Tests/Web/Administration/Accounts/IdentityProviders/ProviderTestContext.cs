using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

/// <summary>Pages about identity providers, with the dialogs they open.</summary>
public abstract class ProviderTestContext : AdministrationTestContext
{
    /// <summary>How long pages collect changes before they ask again.</summary>
    protected static readonly TimeSpan LivePace = TimeSpan.FromMilliseconds(200);

    private IRenderedComponent<IComponent>? _dialogs;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>Where dialogs appear.</summary>
    protected IRenderedComponent<IComponent> Dialogs => _dialogs ?? throw new InvalidOperationException("Render a page first.");

    protected override void AddServices()
    {
        Services.AddScoped<ScimActions>();
        Services.AddScoped<SingleSignOnActions>();
    }

    /// <summary>A saved provider; answers its unique identifier.</summary>
    protected async Task<string> AddProviderAsync(ProviderInput? input = null, bool withMetadata = true) =>
        Installation.Done(
            await Get<ProviderDrafts>()
                .CreateAsync(
                    new ProviderDraftContent
                    {
                        Input = input ?? Samples.Provider(),
                        Metadata = withMetadata ? Samples.Metadata(Time.GetUtcNow().AddDays(340)) : null,
                    },
                    Administrator,
                    CancellationToken.None
                )
        );

    protected async Task<ProviderDetails> FindAsync(string identifier) =>
        await Get<Providers>().FindAsync(Administrator.Actor, identifier, CancellationToken.None)
        ?? throw new InvalidOperationException("The provider does not exist.");

    /// <summary>Enables SCIM; the token is stored and confirmed unless the test says otherwise.</summary>
    protected async Task<IssuedScimToken> EnableAsync(string identifier, bool confirmed = true)
    {
        var provider = await FindAsync(identifier);
        var token =
            Installation.Done(await Get<ScimConnections>().EnableAsync(provider.Id, Administrator, CancellationToken.None))
            ?? throw new InvalidOperationException("A token was live already.");
        if (confirmed)
        {
            Installation.Done(
                await Get<ScimConnections>().ConfirmTokenAsync(provider.Id, token.PublicId, Administrator, CancellationToken.None)
            );
        }

        return token;
    }

    /// <summary>A request arrives with the token.</summary>
    protected void Use(IssuedScimToken token)
    {
        if (Get<TokenRegister>().Check(token.Text).Token is not { } known)
        {
            throw new InvalidOperationException("The token is not live.");
        }

        Get<TokenUsage>().Used(known);
    }

    /// <summary>The provider's page, as if its address was opened.</summary>
    protected IRenderedComponent<ProviderPage> OpenPage(string identifier, string? tab = null)
    {
        Navigation.NavigateTo(ProviderAddress.Of(identifier, tab));
        _dialogs = RenderProviders();
        return Render<ProviderPage>(parameters => parameters.Add(page => page.Identifier, identifier));
    }

    protected IRenderedComponent<TPage> OpenPage<TPage>(string address)
        where TPage : IComponent
    {
        Navigation.NavigateTo(address);
        _dialogs = RenderProviders();
        return Render<TPage>();
    }

    /// <summary>Whether an object, or what it holds, holds the text. Used to prove that a secret is gone.</summary>
    protected static bool Holds(object? holder, string text, int depth = 4) =>
        holder switch
        {
            null => false,
            string value => value.Contains(text, StringComparison.Ordinal),
            _ when depth == 0 || holder.GetType().Namespace?.StartsWith("NinjaIam", StringComparison.Ordinal) != true => false,
            _ => FieldsOf(holder.GetType()).Any(field => Holds(field.GetValue(holder), text, depth - 1)),
        };

    private static IEnumerable<FieldInfo> FieldsOf(Type? type) =>
        type is null
            ? []
            : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Concat(FieldsOf(type.BaseType));
}
