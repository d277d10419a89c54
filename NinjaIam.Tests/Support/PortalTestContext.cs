using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using NinjaIam.Core;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Storage;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Shared;
using Xunit;
using Origin = NinjaIam.Core.Journal.Origin;

namespace NinjaIam.Tests.Support;

/// <summary>
/// What every test of a component needs: the component library's services, a clock that moves only when the test moves it,
/// English dates, and on request the providers that show dialogs, menus and toasts.
/// </summary>
public abstract class PortalTestContext : BunitContext, IAsyncLifetime
{
    private readonly CultureInfo _cultureBefore = CultureInfo.CurrentCulture;

    protected PortalTestContext()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<InstallationNotice>();
        Services.AddScoped<PersonClock>();
    }

    /// <summary>Stands at noon UTC, 23 November 2026, until it is moved.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public virtual Task InitializeAsync() => Task.CompletedTask;

    // The component library's services can only be disposed asynchronously, and xunit disposes synchronously.
    async Task IAsyncLifetime.DisposeAsync()
    {
        CultureInfo.CurrentCulture = _cultureBefore;
        await DisposeAsync();
    }

    /// <summary>Lets pages use the services of an installation as a person who is signed in.</summary>
    /// <param name="more">Adds what else the pages need.</param>
    protected void SignIn(Origin origin, IServiceProvider core, Action more, AccountKind kind = AccountKind.SystemAdministrator)
    {
        var person = origin.Actor;
        // As instances, so that they are disposed once: by the installation.
        foreach (var type in ServicesOfCore())
        {
            Services.AddSingleton(type, core.GetRequiredService(type));
        }

        Services.AddScoped<CurrentPerson>();
        Services.AddSingleton(Options.Create(new SessionLimits()));
        this.AddAuthorization()
            .SetAuthorized(person.Name)
            .SetPolicies(kind == AccountKind.SystemAdministrator ? [Policies.SystemAdministrator, Policies.SignedIn] : [Policies.SignedIn])
            .SetClaims(
                new Claim(PersonClaims.SessionId, origin.SessionId!.Value.ToString()),
                new Claim(PersonClaims.AccountId, person.Id!.Value.ToString()),
                new Claim(PersonClaims.Name, person.Name),
                new Claim(PersonClaims.Kind, kind.ToString())
            );
        more();
        // Menus ask whether they are drawn for a browser that is connected. Asking closes the list of services.
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    /// <summary>Renders what dialogs, menus and toasts are shown in. Look for their content in what is returned.</summary>
    protected IRenderedComponent<IComponent> RenderProviders() =>
        Render(builder =>
        {
            builder.OpenComponent<MudPopoverProvider>(0);
            builder.CloseComponent();
            builder.OpenComponent<MudDialogProvider>(1);
            builder.CloseComponent();
            builder.OpenComponent<MudSnackbarProvider>(2);
            builder.CloseComponent();
        });

    protected static string TestId(string name) => $"[data-testid={name}]";

    private static IEnumerable<Type> ServicesOfCore() =>
        new ServiceCollection()
            .AddNinjaIamCore(new ConfigurationBuilder().Build())
            .Select(service => service.ServiceType)
            .Where(type => type.Namespace?.StartsWith("NinjaIam.Core", StringComparison.Ordinal) == true && !type.IsGenericTypeDefinition)
            .Append(typeof(IDbContextFactory<NinjaIamDbContext>))
            .Distinct();
}
