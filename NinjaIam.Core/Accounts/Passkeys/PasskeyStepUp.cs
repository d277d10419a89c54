using Microsoft.AspNetCore.Http;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>
/// Lets somebody who is signed in prove again by a passkey who they are, as <see cref="StepUpCheck"/> does by a code. The challenge is for
/// that person and that sign-in alone.
/// </summary>
public sealed class PasskeyStepUp
{
    private static readonly Refusal NoSession = new(RefusalKind.NotAllowed, "You are not signed in any more. Sign in again.");
    private static readonly Refusal Wrong = new(RefusalKind.InvalidValue, "This passkey does not confirm that it is you. Try again.");

    private readonly PasskeyCeremonies _ceremonies;
    private readonly StepUpCheck _check;
    private readonly SecurityLog _refusals;

    internal PasskeyStepUp(PasskeyCeremonies ceremonies, StepUpCheck check, SecurityLog refusals) =>
        (_ceremonies, _check, _refusals) = (ceremonies, check, refusals);

    /// <summary>Asks for a passkey of whoever is signed in. Answers what the browser needs for that, as JSON.</summary>
    public async Task<Outcome<string>> BeginAsync(Origin origin, HttpContext http) =>
        await _check.FindAsync(origin, http.RequestAborted) is { } user
            ? await _ceremonies.AskAsync(PasskeyPurpose.StepUp, user.Id, origin.SessionId, http)
            : NoSession;

    /// <summary>Takes the browser's answer.</summary>
    public async Task<Outcome<Completed>> ConfirmAsync(string answer, Origin origin, HttpContext http)
    {
        if (await _check.FindAsync(origin, http.RequestAborted) is not { } user)
        {
            return NoSession;
        }

        var proven = await _ceremonies.ProveAsync(PasskeyPurpose.StepUp, user.Id, origin.SessionId, answer, http, http.RequestAborted);
        return await proven.Match(
            _ => _check.NoteAsync(user, origin, http.RequestAborted),
            why =>
            {
                _refusals.Record(
                    new Refused(SecurityCause.StepUpRefused, $"{why.Detail} ({origin.Actor.Name})", origin.RequestId)
                    {
                        Address = origin.Address,
                        UserAgent = origin.UserAgent,
                    }
                );
                return Task.FromResult<Outcome<Completed>>(Wrong);
            }
        );
    }
}
