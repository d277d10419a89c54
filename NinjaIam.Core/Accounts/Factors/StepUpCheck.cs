using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>By what somebody proves again who they are.</summary>
public enum StepUpWay
{
    /// <summary>They did so a moment ago.</summary>
    NotNeeded,
    Password,

    /// <summary>A code of the second factor, or a recovery code.</summary>
    Code,

    /// <summary>A passkey: there is no authenticator app.</summary>
    Passkey,

    /// <summary>As they like.</summary>
    CodeOrPasskey,

    /// <summary>There is neither a password nor a second factor: one has to be set up first.</summary>
    Nothing,
}

/// <summary>
/// Lets somebody who is signed in prove again who they are, for what <see cref="StepUpGuard"/> guards. It counts for this sign-in alone,
/// and wrong tries cost the same wait as at sign-in.
/// </summary>
public sealed class StepUpCheck(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IPasswordHasher<User> passwords,
    SecondFactors factors,
    SignInDelays delays,
    FailedSignIns failures,
    SecurityLog refusals,
    ChangeJournal journal,
    TimeProvider clock
)
{
    private static readonly Refusal NoSession = new(RefusalKind.NotAllowed, "You are not signed in any more. Sign in again.");

    /// <summary>What has to be asked for now. It may run out before the act is done, which then refuses.</summary>
    public async Task<StepUpWay> WayAsync(Origin origin, CancellationToken cancellationToken)
    {
        if (origin.Actor.Kind is ActorKind.System or ActorKind.CommandLine)
        {
            return StepUpWay.NotNeeded;
        }

        var since = clock.GetUtcNow() - StepUpGuard.Lasts;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (apps, passkeys) = (database.SecondFactors.Where(factor => factor.Key != null), database.Passkeys);
        var found = await (
            from session in database.Sessions
            join user in database.Users on session.AccountId equals user.Id
            where session.Id == origin.SessionId && session.EndedAt == null && user.Id == origin.Actor.Id
            select new
            {
                session.ConfirmedAt,
                user.TwoFactorEnabled,
                HasPassword = user.PasswordHash != null,
                HasApp = apps.Any(factor => factor.AccountId == user.Id),
                HasPasskey = passkeys.Any(passkey => passkey.UserId == user.Id),
            }
        ).SingleOrDefaultAsync(cancellationToken);
        return found?.ConfirmedAt > since ? StepUpWay.NotNeeded
            : found is { TwoFactorEnabled: true, HasPasskey: true } ? (found.HasApp ? StepUpWay.CodeOrPasskey : StepUpWay.Passkey)
            : found is { TwoFactorEnabled: true } ? StepUpWay.Code
            : found is { HasPassword: false } ? StepUpWay.Nothing
            : StepUpWay.Password;
    }

    /// <summary>
    /// Checks what was asked for: a code of whoever has a second factor, the password of everybody else. A refusal belongs under its field:
    /// it is wrong, or the next try has to wait.
    /// </summary>
    public async Task<Outcome<Completed>> ConfirmAsync(string answer, Origin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(origin, cancellationToken) is not { } user)
        {
            return NoSession;
        }

        if (user.TwoFactorEnabled)
        {
            return (await factors.VerifyAsync(user.Id, answer, origin, cancellationToken)).RefusalOrNull() is { } refusal
                ? refusal
                : await NoteAsync(user, origin, cancellationToken);
        }

        if (delays.Reserve(user.UserName ?? "", origin.Address) is > 0 and var seconds)
        {
            Record($"Too many tries of {origin.Actor.Name}; the password was not looked at.", origin);
            return Wait(seconds);
        }

        try
        {
            return await CheckAsync(user, answer, origin, cancellationToken);
        }
        catch
        {
            // Given up by the person or broken off by a failure of ours: nobody was told whether the password is right.
            delays.TakeBack(user.UserName ?? "", origin.Address);
            throw;
        }
    }

    private async Task<Outcome<Completed>> CheckAsync(User user, string password, Origin origin, CancellationToken cancellationToken)
    {
        if (user.PasswordHash is not { } hash || passwords.VerifyHashedPassword(user, hash, password) == PasswordVerificationResult.Failed)
        {
            failures.Count(user.Id);
            Record($"Wrong password of {origin.Actor.Name}.", origin);
            return delays.SecondsToWait(user.UserName ?? "", origin.Address) is > 0 and var seconds
                ? Wait(seconds)
                : new Refusal(RefusalKind.InvalidValue, "The password is wrong.", nameof(StepUpWay.Password));
        }

        var confirmed = await NoteAsync(user, origin, cancellationToken);
        delays.Succeeded(user.UserName ?? "", origin.Address);
        failures.Succeeded(user.Id);
        return confirmed;
    }

    /// <summary>Notes that somebody proved who they are, unless what counts for them changed since they were found.</summary>
    internal Task<Outcome<Completed>> NoteAsync(User user, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                var session = await scope.Database.Sessions.SingleOrDefaultAsync(
                    row => row.Id == origin.SessionId && row.AccountId == user.Id && row.EndedAt == null,
                    CancellationToken.None
                );
                var now = await scope.Database.Users.SingleOrDefaultAsync(row => row.Id == user.Id, CancellationToken.None);
                // A password that was replaced while this one was checked proves nothing any more.
                if (session is null || now is not { MaySignIn: true } || now.SecurityStamp != user.SecurityStamp)
                {
                    return NoSession;
                }

                session.ConfirmedAt = scope.Now;
                now.AccessFailedCount = 0;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(JournalKind.StepUpDone)
                    {
                        ResourceType = "User",
                        ResourceId = now.Id.ToString(),
                        Subject = now.Name,
                    },
                    ChangeTopic.Sessions
                );
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Whoever an act comes from, while they are signed in.</summary>
    internal async Task<User?> FindAsync(Origin origin, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return origin.Actor.Kind is not (ActorKind.Administrator or ActorKind.Person)
            ? null
            : await (
                from session in database.Sessions
                join user in database.Users on session.AccountId equals user.Id
                where session.Id == origin.SessionId && session.EndedAt == null && user.Id == origin.Actor.Id
                select user
            )
                .AsNoTracking()
                .SingleOrDefaultAsync(cancellationToken);
    }

    private static Refusal Wait(int seconds) =>
        new(
            RefusalKind.InvalidValue,
            seconds == 1 ? "Wait 1 second, then try again." : $"Wait {seconds} seconds, then try again.",
            nameof(StepUpWay.Password)
        );

    private void Record(string detail, Origin origin) =>
        refusals.Record(
            new Refused(SecurityCause.StepUpRefused, detail, origin.RequestId) { Address = origin.Address, UserAgent = origin.UserAgent }
        );
}
