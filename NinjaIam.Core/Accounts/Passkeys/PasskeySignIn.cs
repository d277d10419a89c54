using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>
/// Signs people in by a passkey that verified its person: nothing else is asked for. Nobody says first who they are, so neither the
/// challenge nor a refusal tells anything of an account, and wrong passwords of others make nobody wait here.
/// </summary>
public sealed class PasskeySignIn
{
    private static readonly Refusal Wrong = new(
        RefusalKind.NotAllowed,
        "This passkey did not sign you in. Try again; if it was removed here, sign in another way."
    );

    private readonly PasskeyCeremonies _ceremonies;
    private readonly SignInSteps _steps;
    private readonly FailedSignIns _failures;
    private readonly SecurityLog _refusals;

    internal PasskeySignIn(PasskeyCeremonies ceremonies, SignInSteps steps, FailedSignIns failures, SecurityLog refusals) =>
        (_ceremonies, _steps, _failures, _refusals) = (ceremonies, steps, failures, refusals);

    /// <summary>Asks for anybody's passkey. Answers what the browser needs for that, as JSON.</summary>
    public Task<Outcome<string>> BeginAsync(HttpContext http) => _ceremonies.AskAsync(PasskeyPurpose.SignIn, null, null, http);

    /// <summary>The same as the second factor of a sign-in that waits for it.</summary>
    public async Task<Outcome<string>> BeginAsync(PendingSignIn pending, HttpContext http) =>
        await _steps.FactorsOfAsync(pending, http.RequestAborted) is (_, HasPasskey: true)
            ? await _ceremonies.AskAsync(PasskeyPurpose.SecondFactor, pending.AccountId, null, http)
            : Wrong;

    /// <summary>Takes the browser's answer. Whoever proved by it who they are learns what comes next; everybody else gets the same refusal.</summary>
    public async Task<Outcome<SignInStep>> TryAsync(string answer, Origin origin, HttpContext http)
    {
        var proven = await _ceremonies.ProveAsync(PasskeyPurpose.SignIn, null, null, answer, http, http.RequestAborted);
        return await proven.Match<Task<Outcome<SignInStep>>>(
            async id =>
            {
                var step = await _steps.AfterFirstAsync(id, FirstFactor.Passkey, origin, http.RequestAborted);
                if (step is SignInStep.NoAccess)
                {
                    Record(SecurityCause.SignInRefused, "The account of the passkey is blocked or inactive.", origin);
                }
                else
                {
                    _failures.Succeeded(id);
                }

                return step;
            },
            why => Task.FromResult<Outcome<SignInStep>>(Refuse(SecurityCause.SignInRefused, why, origin))
        );
    }

    /// <summary>The same for the second factor of a sign-in that waits for it.</summary>
    public async Task<Outcome<LiveSession>> TryAsync(PendingSignIn pending, string answer, Origin origin, HttpContext http)
    {
        var proven = await _ceremonies.ProveAsync(PasskeyPurpose.SecondFactor, pending.AccountId, null, answer, http, http.RequestAborted);
        return await proven.Match(
            _ => _steps.WithPasskeyAsync(pending, origin, http.RequestAborted),
            why => Task.FromResult<Outcome<LiveSession>>(Refuse(SecurityCause.SecondFactorRefused, why, origin))
        );
    }

    private Refusal Refuse(string cause, Refusal why, Origin origin)
    {
        Record(cause, why.Detail, origin);
        return Wrong;
    }

    private void Record(string cause, string detail, Origin origin) =>
        _refusals.Record(new Refused(cause, detail, origin.RequestId) { Address = origin.Address, UserAgent = origin.UserAgent });
}
