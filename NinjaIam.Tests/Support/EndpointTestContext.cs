using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Journal.Requests;

namespace NinjaIam.Tests.Support;

/// <summary>
/// For pages about what came over the SCIM endpoint: a client speaks to the endpoint over HTTP, and Ada Lind looks at pages over the
/// same services.
/// </summary>
public abstract class EndpointTestContext : PortalTestContext
{
    protected EndpointTestContext() => Host = new ScimHost { Clock = Time, RequestLog = SetRequestLog };

    protected ScimHost Host { get; }

    protected ScimClient Contoso => Host.Contoso;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public override async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        SignIn(Host.Administrator, Host.Services, AddServices);
    }

    /// <summary>What else the pages of a test need.</summary>
    protected virtual void AddServices() { }

    protected virtual void SetRequestLog(RequestLogOptions log) { }

    /// <summary>A component, as if it was opened at an address.</summary>
    protected IRenderedComponent<TComponent> Open<TComponent>(
        string address,
        Action<ComponentParameterCollectionBuilder<TComponent>>? parameters = null
    )
        where TComponent : IComponent
    {
        Navigation.NavigateTo(address);
        return Render<TComponent>(builder => parameters?.Invoke(builder));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Host.DisposeAsync();
    }
}
