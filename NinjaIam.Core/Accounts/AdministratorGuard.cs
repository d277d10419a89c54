using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>The check behind every act of the Administration area. Pages check as well; this is what holds.</summary>
public static class AdministratorGuard
{
    private static readonly Refusal NotAllowed = new(RefusalKind.NotAllowed, "Only a system administrator may do this.");

    /// <summary>
    /// Whether nobody else could sign in as a system administrator without this person. Ask it in the transaction that would take the
    /// access away: of two who take it from each other, one is refused.
    /// </summary>
    internal static async Task<bool> IsLastAdministratorAsync(this WriteScope scope, Guid id)
    {
        var administrators = scope.Database.Users.Where(user =>
            user.Kind == AccountKind.SystemAdministrator && !user.Blocked && user.Active && user.DeletedAt == null
        );
        return await administrators.AnyAsync(user => user.Id == id, CancellationToken.None)
            && !await administrators.AnyAsync(user => user.Id != id, CancellationToken.None);
    }

    internal static Refusal LastAdministrator { get; } =
        new(RefusalKind.NotAllowed, "This is the last system administrator who can sign in. Make somebody else one first.");

    /// <summary>
    /// Null when the actor is, now and in this transaction, a system administrator who may sign in, or the host itself
    /// (its command line, its own upkeep); otherwise the refusal to answer.
    /// </summary>
    public static async Task<Refusal?> RefuseOthersAsync(this WriteScope scope, Origin origin)
    {
        if (origin.Actor.Kind is ActorKind.System or ActorKind.CommandLine)
        {
            return null;
        }

        if (origin.Actor is not { Kind: ActorKind.Administrator, Id: { } id })
        {
            return NotAllowed;
        }

        var user = await scope.Database.Users.AsNoTracking().SingleOrDefaultAsync(other => other.Id == id, CancellationToken.None);
        return user is { Kind: AccountKind.SystemAdministrator, MaySignIn: true } ? null : NotAllowed;
    }
}
