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
