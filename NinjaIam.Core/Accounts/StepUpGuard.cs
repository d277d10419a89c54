using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>The check behind acts that a browser somebody left open must not be enough for.</summary>
public static class StepUpGuard
{
    /// <summary>How long a proof counts; signing in is one where it asked for what a step-up would ask for.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private static readonly Refusal NotYours = new(RefusalKind.NotAllowed, "You are not signed in any more. Sign in again.");
    private static readonly Refusal Required = new(RefusalKind.StepUpRequired, "Confirm first that it is you.");

    /// <summary>
    /// In place of <see cref="AdministratorGuard.RefuseOthersAsync"/>: refuses with <see cref="RefusalKind.StepUpRequired"/> also a system
    /// administrator who did not prove on this very sign-in, within <see cref="Lasts"/>, who they are. The host itself need not.
    /// </summary>
    public static async Task<Refusal?> RefuseWithoutStepUpAsync(this WriteScope scope, Origin origin)
    {
        if (await scope.RefuseOthersAsync(origin) is { } refusal)
        {
            return refusal;
        }

        return await scope.HasStepUpAsync(origin) ? null : Required;
    }

    /// <summary>The same for what everybody may do to their own account. The host has none.</summary>
    public static async Task<Refusal?> RefuseWithoutOwnStepUpAsync(this WriteScope scope, Origin origin) =>
        origin.Actor is not { Kind: ActorKind.Administrator or ActorKind.Person, Id: { } id }
        || await scope.Database.Users.FindAsync([id], CancellationToken.None) is not { MaySignIn: true }
            ? NotYours
        : await scope.HasStepUpAsync(origin) ? null
        : Required;

    /// <summary>Whether an act comes from a sign-in of its actor that has not ended, by somebody who may sign in.</summary>
    internal static async Task<bool> IsSignedInAsync(this WriteScope scope, Origin origin) =>
        await scope.Database.Sessions.AnyAsync(
            session => session.Id == origin.SessionId && session.AccountId == origin.Actor.Id && session.EndedAt == null,
            CancellationToken.None
        )
        && await scope.Database.Users.AnyAsync(
            user => user.Id == origin.Actor.Id && !user.Blocked && user.Active && user.DeletedAt == null,
            CancellationToken.None
        );

    private static async Task<bool> HasStepUpAsync(this WriteScope scope, Origin origin)
    {
        if (origin.Actor.Kind is ActorKind.System or ActorKind.CommandLine)
        {
            return true;
        }

        var since = scope.Now - Lasts;
        return await scope.Database.Sessions.AnyAsync(
            session =>
                session.Id == origin.SessionId
                && session.AccountId == origin.Actor.Id
                && session.EndedAt == null
                && session.ConfirmedAt > since,
            CancellationToken.None
        );
    }
}
