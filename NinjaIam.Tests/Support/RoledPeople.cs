using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Support;

/// <summary>Puts people with roles into an installation and signs them in.</summary>
internal sealed class RoledPeople(Installation installation)
{
    private readonly SampleDirectory _directory = new(installation);

    /// <summary>Somebody whom a role of their own permits exactly this. Without permissions there is no role either.</summary>
    public async Task<Origin> SignInAsync(AccountKind kind, params IReadOnlyList<PermissionInput> permissions)
    {
        var id = await _directory.AddPersonAsync($"{Guid.NewGuid():N}@staff.example", change: user => user.Kind = kind);
        if (permissions.Count > 0)
        {
            await GiveAsync(id, kind, permissions);
        }

        return await SignedIn.AsAsync(installation.Services, id, "Somebody", ActorKind.Person);
    }

    public Task<Origin> TechnicianAsync(params IReadOnlyList<PermissionInput> permissions) =>
        SignInAsync(AccountKind.Technician, permissions);

    /// <summary>Gives somebody a new role of their own.</summary>
    /// <returns>The role.</returns>
    public async Task<int> GiveAsync(Guid person, AccountKind kind, IReadOnlyList<PermissionInput> permissions)
    {
        var roles = installation.Get<RoleDirectory>();
        var role = Installation.Done(
            await roles.CreateAsync(
                kind,
                new RoleInput { Name = $"Role {Guid.NewGuid():N}", Permissions = permissions },
                installation.Administrator,
                CancellationToken.None
            )
        );
        Installation.Done(await roles.GiveAsync(person, role, installation.Administrator, CancellationToken.None));
        return role;
    }

    /// <summary>Takes every role away that somebody has by hand.</summary>
    public async Task TakeAllAsync(Guid person)
    {
        var roles = installation.Get<RoleDirectory>();
        foreach (var role in await roles.OfPersonAsync(installation.Administrator.Actor, person, CancellationToken.None))
        {
            Installation.Done(await roles.TakeAsync(person, role.RoleId, installation.Administrator, CancellationToken.None));
        }
    }

    /// <summary>Permits something in all organizations.</summary>
    public static PermissionInput Everywhere(PermissionKind permission) => new(permission, true, []);

    /// <summary>Permits something in these.</summary>
    public static PermissionInput In(PermissionKind permission, params IReadOnlyList<int> organizations) =>
        new(permission, false, organizations);
}
