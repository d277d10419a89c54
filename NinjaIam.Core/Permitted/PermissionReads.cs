using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>How reads ask <see cref="PermissionGuard"/>.</summary>
internal static class PermissionReads
{
    /// <summary>For services that read: throws unless it is permitted somewhere. What is then read must be scoped.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller should not have asked; pages never let it come to this.</exception>
    public static void MustHold(this HeldPermissions held, PermissionKind permission)
    {
        if (!held.May(permission))
        {
            throw new UnauthorizedAccessException("No role permits this.");
        }
    }

    /// <summary>Whether the actor may view a person, and by this permission also something of them.</summary>
    public static async Task<bool> MaySeeOfPersonAsync(
        this NinjaIamDbContext database,
        Actor actor,
        PermissionKind permission,
        Guid personId,
        CancellationToken cancellationToken
    )
    {
        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        return held.May(permission)
            && held.May(PermissionKind.ViewUsers)
            && await PeopleInReach.Seen(database, held[PermissionKind.ViewUsers]).AnyAsync(user => user.Id == personId, cancellationToken)
            && await PeopleInReach.Seen(database, held[permission]).AnyAsync(user => user.Id == personId, cancellationToken);
    }
}
