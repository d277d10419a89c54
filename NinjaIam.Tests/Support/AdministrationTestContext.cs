using NinjaIam.Core.Journal;

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
        SignIn(Administrator, Installation.Services, AddServices);
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
}
