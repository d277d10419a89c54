using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;

namespace NinjaIam.Tests.Support;

/// <summary>For pages of technicians and end users: the real services, two organizations with people, and somebody signed in by a test.</summary>
public abstract class PermittedTestContext : PortalTestContext
{
    protected PermittedTestContext()
    {
        Installation = new Installation { Clock = Time };
        (Two, People) = (new TwoOrganizations(Installation), new RoledPeople(Installation));
    }

    protected Installation Installation { get; }

    internal TwoOrganizations Two { get; }

    internal RoledPeople People { get; }

    public override async Task InitializeAsync()
    {
        await Installation.InitializeAsync();
        await Two.CreateAsync();
    }

    /// <summary>Signs somebody in whom a role of their own permits exactly this. Once for each test.</summary>
    protected async Task<Origin> SignInAsync(AccountKind kind, params IReadOnlyList<PermissionInput> permissions)
    {
        var origin = await People.SignInAsync(kind, permissions);
        SignIn(origin, Installation.Services, () => { }, kind);
        return origin;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Installation.DisposeAsync();
    }
}
