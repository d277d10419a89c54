using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>By what somebody showed first who they are.</summary>
public enum FirstFactor
{
    Password,

    /// <summary>The identity provider said so, and did not say that it asked for a second factor, or nobody relies on that.</summary>
    IdentityProvider,

    /// <summary>The identity provider said so after a second factor of its own, on which the portal relies for technicians.</summary>
    IdentityProviderWithSecondFactor,

    /// <summary>A passkey that verified its person, by finger, face or PIN: it is both factors.</summary>
    Passkey,
}

/// <summary>Somebody who showed the first factor and not the second. It proves nothing but that.</summary>
/// <param name="SecurityStamp">That of the account at the time; another one later ends the attempt.</param>
public sealed record PendingSignIn(Guid AccountId, string SecurityStamp, FirstFactor First);

/// <summary>What comes after the first factor of somebody was right.</summary>
public abstract record SignInStep
{
    private SignInStep() { }

    public sealed record SignedIn(LiveSession Session) : SignInStep;

    /// <summary>Ask for the second factor. What there is to ask for, <see cref="SignInSteps.FactorsOfAsync"/> says.</summary>
    public sealed record AskCode(PendingSignIn Pending) : SignInStep;

    /// <summary>Let them set up a second factor, without which they may not go on: <see cref="SignInSteps.WithNewFactorAsync"/>.</summary>
    public sealed record SetUp(PendingSignIn Pending) : SignInStep;

    /// <param name="Status">Who said so: <see cref="AccountStatus.Blocked"/> or <see cref="AccountStatus.Inactive"/>.</param>
    public sealed record NoAccess(AccountStatus Status) : SignInStep;

    /// <summary>What was shown is right and does not count: single sign-on is required for the person's domain.</summary>
    public sealed record UseProvider(RequiredProvider Provider) : SignInStep;
}

/// <summary>A sign-in that was completed by setting up a second factor.</summary>
/// <param name="RecoveryCodes">To be shown now, and never again.</param>
public sealed record FirstSignIn(LiveSession Session, NewRecoveryCodes RecoveryCodes)
{
    // A record prints its members. The codes must not end up in a log.
    public override string ToString() => $"First sign-in of {Session.AccountId}";
}

/// <summary>Leads every sign-in from the first factor, whatever it was, to a session: the one place that decides what else is asked for.</summary>
public sealed class SignInSteps(
    IDbContextFactory<NinjaIamDbContext> databases,
    SecondFactors factors,
    Sessions sessions,
    ISignOnRules rules,
    IOptions<SignInOptions> options
)
{
    private static readonly Refusal Over = new(RefusalKind.NotAllowed, "This sign-in took too long or is not valid any more. Begin again.");

    public async Task<SignInStep> AfterFirstAsync(Guid accountId, FirstFactor first, Origin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(accountId, cancellationToken) is not { } user)
        {
            return new SignInStep.NoAccess(AccountStatus.Inactive);
        }

        if (!user.MaySignIn)
        {
            return new SignInStep.NoAccess(user.Blocked ? AccountStatus.Blocked : AccountStatus.Inactive);
        }

        var pending = new PendingSignIn(accountId, user.SecurityStamp ?? "", first);
        var isAdministrator = user.Kind == AccountKind.SystemAdministrator;
        if (
            !isAdministrator
            && first is not (FirstFactor.IdentityProvider or FirstFactor.IdentityProviderWithSecondFactor)
            && await rules.RequiredForAsync(user.UserName ?? "", cancellationToken) is { } provider
        )
        {
            return new SignInStep.UseProvider(provider);
        }

        var isVouchedFor = first == FirstFactor.IdentityProviderWithSecondFactor && user.Kind == AccountKind.Technician;
        if (user.TwoFactorEnabled && !isVouchedFor && first != FirstFactor.Passkey)
        {
            return new SignInStep.AskCode(pending);
        }

        if (!user.TwoFactorEnabled && isAdministrator && options.Value.SecondFactor == SecondFactorRule.Required)
        {
            return new SignInStep.SetUp(pending);
        }

        // What an identity provider says never stands for the confirmation that administrative acts ask for.
        return
            await sessions.StartAsync(
                accountId,
                origin,
                cancellationToken,
                isConfirmed: first is FirstFactor.Password or FirstFactor.Passkey,
                secondFactorBy: user.TwoFactorEnabled && isVouchedFor ? "identity provider" : null
            )
                is { } session
            ? new SignInStep.SignedIn(session)
            : new SignInStep.NoAccess(AccountStatus.Inactive);
    }

    /// <summary>Whether a pending sign-in may still go on.</summary>
    public async Task<bool> IsValidAsync(PendingSignIn pending, CancellationToken cancellationToken) =>
        await FindValidAsync(pending, cancellationToken) is not null;

    /// <summary>Completes a sign-in by a code. A refusal with <see cref="SecondFactors.Code"/> belongs under its field; another one ends it.</summary>
    public async Task<Outcome<LiveSession>> WithCodeAsync(
        PendingSignIn pending,
        string code,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (await FindValidAsync(pending, cancellationToken) is not { TwoFactorEnabled: true })
        {
            return Over;
        }

        var refusal = (await factors.VerifyAsync(pending.AccountId, code, origin, cancellationToken)).RefusalOrNull();
        return refusal is not null ? refusal
            : await FindValidAsync(pending, cancellationToken) is null ? Over
            : await sessions.StartAsync(pending.AccountId, origin, cancellationToken, isConfirmed: true) is { } session ? session
            : Over;
    }

    /// <summary>By what somebody can go on whose sign-in waits for the second factor; neither when it does not count any more.</summary>
    public async Task<(bool HasApp, bool HasPasskey)> FactorsOfAsync(PendingSignIn pending, CancellationToken cancellationToken)
    {
        if (await FindValidAsync(pending, cancellationToken) is not { TwoFactorEnabled: true } user)
        {
            return (false, false);
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return (
            await database.SecondFactors.AnyAsync(factor => factor.AccountId == user.Id && factor.Key != null, cancellationToken),
            await database.Passkeys.AnyAsync(passkey => passkey.UserId == user.Id, cancellationToken)
        );
    }

    /// <summary>Completes a sign-in for somebody whose passkey proved a moment ago who they are.</summary>
    internal async Task<Outcome<LiveSession>> WithPasskeyAsync(PendingSignIn pending, Origin origin, CancellationToken cancellationToken) =>
        await FindValidAsync(pending, cancellationToken) is not { TwoFactorEnabled: true } ? Over
        : await sessions.StartAsync(pending.AccountId, origin, cancellationToken, isConfirmed: true) is { } session ? session
        : Over;

    /// <summary>The key with which somebody sets up the second factor that a sign-in waits for.</summary>
    public async Task<Outcome<AuthenticatorKey>> NewFactorAsync(PendingSignIn pending, CancellationToken cancellationToken) =>
        await FindValidAsync(pending, cancellationToken) is { TwoFactorEnabled: false }
            ? await factors.BeginFirstAsync(pending.AccountId, cancellationToken)
            : Over;

    /// <summary>Completes a sign-in by setting up the second factor. Refusals as in <see cref="WithCodeAsync"/>.</summary>
    public async Task<Outcome<FirstSignIn>> WithNewFactorAsync(
        PendingSignIn pending,
        string code,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (await FindValidAsync(pending, cancellationToken) is not { TwoFactorEnabled: false })
        {
            return Over;
        }

        var confirmed = await factors.ConfirmFirstAsync(pending.AccountId, code, origin, cancellationToken);
        return await confirmed.Match<Task<Outcome<FirstSignIn>>>(
            async codes =>
                await sessions.StartAsync(pending.AccountId, origin, cancellationToken, isConfirmed: true) is { } session
                    ? new FirstSignIn(session, codes)
                    : Over,
            refusal => Task.FromResult<Outcome<FirstSignIn>>(refusal.Kind == RefusalKind.NotFound ? Over : refusal)
        );
    }

    private async Task<User?> FindValidAsync(PendingSignIn pending, CancellationToken cancellationToken) =>
        await FindAsync(pending.AccountId, cancellationToken) is { MaySignIn: true } user && user.SecurityStamp == pending.SecurityStamp
            ? user
            : null;

    private async Task<User?> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == accountId, cancellationToken);
    }
}
