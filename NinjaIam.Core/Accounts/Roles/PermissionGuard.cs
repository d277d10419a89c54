using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>
/// What somebody may do who is no system administrator: what the roles permit that they have at this very moment, by hand and by mappings,
/// and nothing else (the product's rules 38 and 39). This is the one place that decides it. Every read and every act of such a person asks
/// here; pages ask as well, to show what is of use.
/// </summary>
public static class PermissionGuard
{
    private static readonly Refusal NotPermitted = new(
        RefusalKind.NotAllowed,
        "Your roles do not permit this. Ask a system administrator for a role that does."
    );

    private static readonly Refusal NotEverywhere = new(
        RefusalKind.NotAllowed,
        "Your roles do not permit this in every organization that this person belongs to. Ask a system administrator."
    );

    // A foreign person is answered like one who does not exist.
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");

    /// <summary>
    /// Everything the actor may do by roles now: nothing for somebody who may not sign in, and everything everywhere for a system
    /// administrator.
    /// </summary>
    internal static async Task<HeldPermissions> PermissionsOfAsync(
        this NinjaIamDbContext database,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (
            actor is not { Kind: ActorKind.Person or ActorKind.Administrator, Id: { } id }
            || await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
                is not { MaySignIn: true } person
        )
        {
            return HeldPermissions.None;
        }

        if (person.Kind == AccountKind.SystemAdministrator)
        {
            return HeldPermissions.All;
        }

        var roles = await database
            .EffectiveRoles.Where(row => row.AccountId == id)
            .Select(row => row.RoleId)
            .Distinct()
            .ToListAsync(cancellationToken);
        if (roles.Count == 0)
        {
            return HeldPermissions.None;
        }

        var permitted = await database
            .RolePermissions.AsNoTracking()
            .Where(row => roles.Contains(row.RoleId))
            .Select(row => new { row.Permission, row.AllOrganizations })
            .ToListAsync(cancellationToken);
        var places = await database
            .RolePermissionOrganizations.AsNoTracking()
            .Where(row => roles.Contains(row.RoleId))
            .Select(row => new { row.Permission, row.OrganizationId })
            .ToListAsync(cancellationToken);
        var possible = Permissions.For(person.Kind);
        return HeldPermissions.Of(
            permitted.Where(row => possible.Contains(row.Permission)).Select(row => (row.Permission, row.AllOrganizations)),
            places.ToLookup(row => row.Permission, row => row.OrganizationId)
        );
    }

    /// <summary>
    /// Null when the act on a person is permitted to its actor, in this transaction: to a system administrator and to the host always; to
    /// somebody else on a sign-in that has not ended, who may view the person, and whom a role permits it in every organization the person
    /// belongs to. A permission in one organization must not reach what another one decides. System administrators are out of every role's
    /// reach.
    /// </summary>
    internal static async Task<Refusal?> RefuseWithoutPermissionAsync(
        this WriteScope scope,
        Origin origin,
        PermissionKind permission,
        Guid account
    )
    {
        if (origin.Actor.Kind != ActorKind.Person)
        {
            return await scope.RefuseOthersAsync(origin);
        }

        var held = await scope.HeldOnSignInAsync(origin);
        if (!held.May(permission) || !held.May(PermissionKind.ViewUsers))
        {
            return NotPermitted;
        }

        return !await PeopleInReach
                .Seen(scope.Database, held[PermissionKind.ViewUsers])
                .AnyAsync(user => user.Id == account, CancellationToken.None)
                ? NoPerson
            : await PeopleInReach.Within(scope.Database, held[permission]).AnyAsync(user => user.Id == account, CancellationToken.None)
                ? null
            : NotEverywhere;
    }

    /// <summary>Null when the actor is permitted something somewhere, on a sign-in that has not ended; what is then done must be scoped.</summary>
    internal static async Task<Refusal?> RefuseWithoutPermissionAsync(this WriteScope scope, Origin origin, PermissionKind permission) =>
        (await scope.HeldOnSignInAsync(origin)).May(permission) ? null : NotPermitted;

    /// <summary>What the actor may do by roles, in this transaction; nothing on a sign-in that has ended.</summary>
    internal static async Task<HeldPermissions> HeldOnSignInAsync(this WriteScope scope, Origin origin) =>
        await scope.IsSignedInAsync(origin)
            ? await scope.Database.PermissionsOfAsync(origin.Actor, CancellationToken.None)
            : HeldPermissions.None;
}
