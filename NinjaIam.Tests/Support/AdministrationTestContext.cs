using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Tests.Support;

/// <summary>
/// For pages of the portal: the real services over a SQLite database of their own, one clock for everything, and Ada Lind, the
/// system administrator of the installation, signed in.
/// </summary>
public abstract class AdministrationTestContext : PortalTestContext
{
    protected AdministrationTestContext() => Installation = new Installation { Clock = Time };

    protected Installation Installation { get; }

    /// <summary>Ada Lind, who is signed in.</summary>
    protected Origin Administrator => Installation.Administrator;

    public override async Task InitializeAsync()
    {
        await Installation.InitializeAsync();
        // As instances, so that they are disposed once: by the installation.
        foreach (var type in ServicesOfCore())
        {
            Services.AddSingleton(type, Installation.Services.GetRequiredService(type));
        }

        Services.AddScoped<CurrentPerson>();
        var actor = Administrator.Actor;
        this.AddAuthorization()
            .SetAuthorized(actor.Name)
            .SetPolicies(Policies.SystemAdministrator)
            .SetClaims(
                new Claim(PersonClaims.AccountId, actor.Id!.Value.ToString()),
                new Claim(PersonClaims.Name, actor.Name),
                new Claim(PersonClaims.Kind, nameof(AccountKind.SystemAdministrator))
            );

        AddServices();
        // Menus ask whether they are drawn for a browser that is connected. Asking closes the list of services.
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    /// <summary>What else the pages of a test need.</summary>
    protected virtual void AddServices() { }

    /// <summary>One of the services of the installation.</summary>
    protected T Get<T>()
        where T : notnull => Installation.Get<T>();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Installation.DisposeAsync();
    }

    private static IEnumerable<Type> ServicesOfCore() =>
        new ServiceCollection()
            .AddNinjaIamCore(new ConfigurationBuilder().Build())
            .Select(service => service.ServiceType)
            .Where(type => type.Namespace?.StartsWith("NinjaIam.Core", StringComparison.Ordinal) == true && !type.IsGenericTypeDefinition)
            .Append(typeof(IDbContextFactory<NinjaIamDbContext>))
            .Distinct();
}
