using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>What is known about somebody's second factor.</summary>
/// <param name="Since">When it was set up (UTC); null when there is none.</param>
/// <param name="RecoveryCodes">How many still work.</param>
public sealed record SecondFactorState(DateTimeOffset? Since, int RecoveryCodes)
{
    public bool IsSetUp => Since is not null;
}

/// <summary>
/// The second factor of people who sign in here: codes of an authenticator app, each of which works once, and recovery codes. Guessing
/// costs a wait that grows per person, wherever the guesses come from; nobody meets it who does not know the password.
/// </summary>
public sealed class SecondFactors(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IDataProtectionProvider protection,
    SignInDelays delays,
    Sessions sessions,
    SecurityLog refusals,
    ChangeJournal journal,
    TimeProvider clock
)
{
    /// <summary>The field of a refusal that belongs under the code.</summary>
    public const string Code = "Code";

    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal NoneSetUp = new(RefusalKind.NotFound, "This person has no second factor.");
    private static readonly Refusal Enter = Wrong("Enter the six digits that the authenticator app shows, or a recovery code.");
    private static readonly Refusal EnterDigits = Wrong("Enter the six digits that the authenticator app shows.");
    private static readonly Refusal WrongCode = Wrong("The code is wrong. Enter the one that the authenticator app shows now.");
    private static readonly Refusal UsedCode = Wrong("This code was used already. Wait for the next one, half a minute at most.");
    private static readonly Refusal Unreadable = Wrong(
        "The key of the authenticator app can't be read here. Use a recovery code, or let the second factor be reset."
    );

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.SecondFactor");

    public async Task<SecondFactorState> StateAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var since = await database
            .SecondFactors.Where(factor => factor.AccountId == accountId && factor.Key != null)
            .Select(factor => factor.ConfirmedAt)
            .SingleOrDefaultAsync(cancellationToken);
        return since is null
            ? new SecondFactorState(null, 0)
            : new SecondFactorState(
                since,
                await database.RecoveryCodes.CountAsync(code => code.AccountId == accountId && code.UsedAt == null, cancellationToken)
            );
    }

    /// <summary>
    /// A key to set up the own authenticator app with, or another one. It counts after <see cref="ConfirmOwnAsync"/>, and until then the same
    /// one is shown again. Asks for a step-up.
    /// </summary>
    public Task<Outcome<AuthenticatorKey>> BeginOwnAsync(Origin origin, CancellationToken cancellationToken) =>
        BeginAsync(origin.Actor.Id ?? Guid.Empty, scope => scope.RefuseWithoutOwnStepUpAsync(origin), cancellationToken);

    /// <summary>
    /// Sets the own second factor up, or moves it to another app, once a code shows that the app has the key. Answers new recovery codes;
    /// earlier ones do not work any more. Asks for a step-up.
    /// </summary>
    public Task<Outcome<NewRecoveryCodes>> ConfirmOwnAsync(string code, Origin origin, CancellationToken cancellationToken) =>
        ConfirmAsync(origin.Actor.Id ?? Guid.Empty, code, scope => scope.RefuseWithoutOwnStepUpAsync(origin), origin, cancellationToken);

    /// <summary>As <see cref="BeginOwnAsync"/>, at a sign-in that waits for a first second factor.</summary>
    internal Task<Outcome<AuthenticatorKey>> BeginFirstAsync(Guid accountId, CancellationToken cancellationToken) =>
        BeginAsync(accountId, scope => RefuseSecondAsync(scope, accountId), cancellationToken);

    /// <summary>As <see cref="ConfirmOwnAsync"/>, at a sign-in that waits for a first second factor.</summary>
    internal Task<Outcome<NewRecoveryCodes>> ConfirmFirstAsync(
        Guid accountId,
        string code,
        Origin origin,
        CancellationToken cancellationToken
    ) => ConfirmAsync(accountId, code, scope => RefuseSecondAsync(scope, accountId), origin, cancellationToken);

    private Task<Outcome<AuthenticatorKey>> BeginAsync(
        Guid accountId,
        Func<WriteScope, Task<Refusal?>> refuse,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<AuthenticatorKey>>(
            async scope =>
            {
                if (await refuse(scope) is { } refusal)
                {
                    return refusal;
                }

                var user = await scope.Database.Users.SingleAsync(row => row.Id == accountId, CancellationToken.None);
                var factor = await scope.Database.SecondFactors.FindAsync([accountId], CancellationToken.None);
                if (factor is null)
                {
                    factor = new SecondFactor { AccountId = accountId };
                    scope.Database.SecondFactors.Add(factor);
                }

                var key = factor.NewKey is { } shown ? ReadOrNull(shown) : null;
                if (key is null)
                {
                    key = Authenticator.CreateKey();
                    factor.NewKey = _protector.Protect(key);
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                }

                return Authenticator.Describe(key, user.UserName ?? user.Name);
            },
            cancellationToken
        );

    private async Task<Outcome<NewRecoveryCodes>> ConfirmAsync(
        Guid accountId,
        string code,
        Func<WriteScope, Task<Refusal?>> refuse,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (Authenticator.CodeIn(code) is not { } digits)
        {
            return EnterDigits;
        }

        if (delays.Reserve(KeyOf(accountId), null) is > 0 and var seconds)
        {
            return Wait(seconds);
        }

        Outcome<NewRecoveryCodes> outcome;
        try
        {
            outcome = await writePath.RunAsync<Outcome<NewRecoveryCodes>>(
                async scope => await refuse(scope) is { } refusal ? refusal : await ConfirmAsync(scope, accountId, digits, origin),
                cancellationToken
            );
        }
        catch
        {
            // Broken off by a failure of ours: nobody was told whether the code is right.
            delays.TakeBack(KeyOf(accountId), null);
            throw;
        }

        if (!outcome.IsRefused)
        {
            delays.Succeeded(KeyOf(accountId), null);
        }

        return outcome;
    }

    private async Task<Outcome<NewRecoveryCodes>> ConfirmAsync(WriteScope scope, Guid accountId, string digits, Origin origin)
    {
        var factor = await scope.Database.SecondFactors.FindAsync([accountId], CancellationToken.None);
        if (
            factor?.NewKey is not { } shown
            || ReadOrNull(shown) is not { } key
            || Authenticator.StepOf(key, digits, clock.GetUtcNow()) is not { } step
        )
        {
            return WrongCode;
        }

        (factor.Key, factor.NewKey, factor.ConfirmedAt, factor.LastStep) = (shown, null, scope.Now, step);
        var user = await scope.Database.Users.SingleAsync(row => row.Id == accountId, CancellationToken.None);
        user.TwoFactorEnabled = true;
        var codes = await ReplaceCodesAsync(scope, accountId);
        await AppendAsync(scope, JournalKind.SecondFactorSet, user, origin, []);
        return codes;
    }

    // Nobody proved yet that a factor which they would replace is theirs.
    private static async Task<Refusal?> RefuseSecondAsync(WriteScope scope, Guid accountId) =>
        await scope.Database.Users.FindAsync([accountId], CancellationToken.None) is { MaySignIn: true, TwoFactorEnabled: false }
            ? null
            : NoPerson;

    /// <summary>Checks a code of the app or a recovery code, and uses it up. A refusal belongs under its field.</summary>
    public async Task<Outcome<Completed>> VerifyAsync(Guid accountId, string code, Origin origin, CancellationToken cancellationToken)
    {
        var (digits, digest) = (Authenticator.CodeIn(code), RecoveryCodes.DigestOf(code));
        if (digits is null && digest is null)
        {
            return Enter;
        }

        if (delays.Reserve(KeyOf(accountId), null) is > 0 and var seconds)
        {
            Record("Too many tries; the code was not looked at.", origin);
            return Wait(seconds);
        }

        Outcome<Completed> outcome;
        try
        {
            outcome = await writePath.RunAsync(
                scope => digits is null ? UseRecoveryCodeAsync(scope, accountId, digest!, origin) : UseCodeAsync(scope, accountId, digits),
                cancellationToken
            );
        }
        catch
        {
            // Broken off by a failure of ours: nobody was told whether the code is right.
            delays.TakeBack(KeyOf(accountId), null);
            throw;
        }

        return outcome.Match(
            done =>
            {
                delays.Succeeded(KeyOf(accountId), null);
                return outcome;
            },
            refusal =>
            {
                Record("Wrong code of the second factor.", origin);
                return delays.SecondsToWait(KeyOf(accountId), null) is > 0 and var wait ? Wait(wait) : refusal;
            }
        );
    }

    /// <summary>New recovery codes in place of all earlier ones, for somebody who proved a moment ago who they are.</summary>
    public Task<Outcome<NewRecoveryCodes>> ReplaceRecoveryCodesAsync(Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<NewRecoveryCodes>>(
            async scope =>
            {
                if (await scope.RefuseWithoutOwnStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var user = await scope.Database.Users.SingleAsync(row => row.Id == origin.Actor.Id, CancellationToken.None);
                if (
                    !await scope.Database.SecondFactors.AnyAsync(
                        factor => factor.AccountId == user.Id && factor.Key != null,
                        CancellationToken.None
                    )
                )
                {
                    return NoneSetUp;
                }

                var codes = await ReplaceCodesAsync(scope, user.Id);
                await AppendAsync(scope, JournalKind.RecoveryCodesReplaced, user, origin, []);
                return codes;
            },
            cancellationToken
        );

    /// <summary>
    /// Takes the second factor of somebody away who lost it, passkeys too, and ends their sessions. A system administrator sets up a new one at the next
    /// sign-in.
    /// </summary>
    public Task<Outcome<Completed>> ResetAsync(Guid accountId, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Users.FindAsync([accountId], CancellationToken.None) is not { } user)
                {
                    return NoPerson;
                }

                if (!user.TwoFactorEnabled)
                {
                    return NoneSetUp;
                }

                user.TwoFactorEnabled = false;
                user.SecurityStamp = Guid.NewGuid().ToString("N");
                await ManagedAccounts.ForgetFactorsAsync(scope, accountId);
                await sessions.EndAllAsync(scope, accountId);
                await AppendAsync(scope, JournalKind.SecondFactorReset, user, origin, []);
                return new Completed();
            },
            cancellationToken
        );

    private async Task<Outcome<Completed>> UseCodeAsync(WriteScope scope, Guid accountId, string digits)
    {
        if (await scope.Database.SecondFactors.FindAsync([accountId], CancellationToken.None) is not { Key: { } stored } factor)
        {
            return WrongCode;
        }

        if (ReadOrNull(stored) is not { } key)
        {
            return Unreadable;
        }

        if (Authenticator.StepOf(key, digits, clock.GetUtcNow()) is not { } step)
        {
            return WrongCode;
        }

        if (step <= factor.LastStep)
        {
            return UsedCode;
        }

        factor.LastStep = step;
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        return new Completed();
    }

    private async Task<Outcome<Completed>> UseRecoveryCodeAsync(WriteScope scope, Guid accountId, byte[] digest, Origin origin)
    {
        if (await scope.Database.RecoveryCodes.FindAsync([accountId, digest], CancellationToken.None) is not { } code)
        {
            return Wrong("The recovery code is wrong.");
        }

        if (code.UsedAt is not null)
        {
            return Wrong("This recovery code was used already. Use another one.");
        }

        code.UsedAt = scope.Now;
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        var user = await scope.Database.Users.SingleAsync(row => row.Id == accountId, CancellationToken.None);
        var left = await scope.Database.RecoveryCodes.CountAsync(
            row => row.AccountId == accountId && row.UsedAt == null,
            CancellationToken.None
        );
        var own = origin with { Actor = user.AsActor() };
        var changes = new ChangedValue("recoveryCodes", null, left.ToString(CultureInfo.InvariantCulture));
        await AppendAsync(scope, JournalKind.RecoveryCodeUsed, user, own, [changes]);
        return new Completed();
    }

    private static async Task<NewRecoveryCodes> ReplaceCodesAsync(WriteScope scope, Guid accountId)
    {
        await scope.Database.RecoveryCodes.Where(code => code.AccountId == accountId).ExecuteDeleteAsync(CancellationToken.None);
        var codes = RecoveryCodes.Create();
        scope.Database.RecoveryCodes.AddRange(
            codes.Codes.Select(code => new RecoveryCode { AccountId = accountId, Digest = RecoveryCodes.DigestOf(code)! })
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        return codes;
    }

    private async Task AppendAsync(WriteScope scope, string kind, User user, Origin origin, IReadOnlyList<ChangedValue> changes)
    {
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await journal.AppendAsync(
            scope,
            origin.Actor.Kind == ActorKind.System ? origin with { Actor = user.AsActor() } : origin,
            new JournalEntry(kind)
            {
                ProviderId = user.ProviderId,
                ResourceType = "User",
                ResourceId = user.Id.ToString("D"),
                Subject = user.Name,
                Changes = changes,
            },
            ChangeTopic.Users
        );
    }

    /// <summary>Null when the keys that it was encrypted with are gone.</summary>
    private byte[]? ReadOrNull(byte[] encrypted)
    {
        try
        {
            return _protector.Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Not by address: whoever knows the password could guess from many.
    private static string KeyOf(Guid accountId) => $"second factor {accountId:N}";

    private static Refusal Wrong(string detail) => new(RefusalKind.InvalidValue, detail, Code);

    private static Refusal Wait(int seconds) =>
        Wrong(seconds == 1 ? "Wait 1 second, then try again." : $"Wait {seconds} seconds, then try again.");

    private void Record(string detail, Origin origin) =>
        refusals.Record(
            new Refused(SecurityCause.SecondFactorRefused, detail, origin.RequestId)
            {
                Address = origin.Address,
                UserAgent = origin.UserAgent,
            }
        );
}
