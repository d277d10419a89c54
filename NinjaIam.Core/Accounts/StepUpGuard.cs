using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>The check behind acts that a browser somebody left open must not be enough for.</summary>
public static class StepUpGuard
{
    private static readonly Refusal Required = new(RefusalKind.StepUpRequired, "Confirm first that it is you.");

    /// <summary>
    /// In place of <see cref="AdministratorGuard.RefuseOthersAsync"/>: refuses with <see cref="RefusalKind.StepUpRequired"/> also a system
    /// administrator who did not prove on this very sign-in, within <see cref="StepUpCheck.Lasts"/>, who they are. The host itself need not.
    /// </summary>
    public static async Task<Refusal?> RefuseWithoutStepUpAsync(this WriteScope scope, Origin origin)
    {
        if (await scope.RefuseOthersAsync(origin) is { } refusal)
        {
            return refusal;
        }

        return await scope.HasStepUpAsync(origin) ? null : Required;
    }

    private static async Task<bool> HasStepUpAsync(this WriteScope scope, Origin origin)
    {
        if (origin.Actor.Kind is ActorKind.System or ActorKind.CommandLine)
        {
            return true;
        }

        var since = scope.Now - StepUpCheck.Lasts;
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
