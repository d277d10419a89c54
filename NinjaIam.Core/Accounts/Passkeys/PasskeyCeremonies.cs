using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>
/// Asks browsers for passkeys and checks the answers, by Identity's handler. Each challenge is for one purpose, person and sign-in, and is
/// answered once. The refusals say exactly what was wrong: they are for Activities, not for whoever tried.
/// </summary>
internal sealed class PasskeyCeremonies(
    IServiceScopeFactory scopes,
    IWritePath writePath,
    PasskeyAddress address,
    PasskeyChallenges challenges,
    TimeProvider clock
)
{
    // An answer with an attestation of a hardware key stays far below it.
    private const int LongestAnswer = 64 * 1024;
    private const int LongestReason = 160;

    /// <summary>Asks for a passkey. Answers what the browser needs for that, as JSON.</summary>
    public async Task<Outcome<string>> AskAsync(PasskeyPurpose purpose, Guid? accountId, Guid? sessionId, HttpContext http)
    {
        if (address.RefuseAt(http) is { } elsewhere)
        {
            return elsewhere;
        }

        await using var services = scopes.CreateAsyncScope();
        var handler = services.ServiceProvider.GetRequiredService<IPasskeyHandler<User>>();
        var users = services.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = accountId is { } id ? await users.FindByIdAsync(id.ToString()) : null;
        string options,
            state;
        if (purpose == PasskeyPurpose.Add)
        {
            var person = new PasskeyUserEntity
            {
                Id = user!.Id.ToString(),
                Name = user.UserName ?? user.Name,
                DisplayName = user.Name,
            };
            var made = await handler.MakeCreationOptionsAsync(person, http);
            (options, state) = (made.CreationOptionsJson, made.AttestationState ?? "");
        }
        else
        {
            var made = await handler.MakeRequestOptionsAsync(user, http);
            (options, state) = (made.RequestOptionsJson, made.AssertionState ?? "");
        }

        challenges.Keep(http, new PasskeyChallenge(purpose, accountId, sessionId, state, clock.GetUtcNow()));
        return options;
    }

    /// <summary>Checks the answer of a passkey that exists, and uses its challenge up. Answers whose it is.</summary>
    public async Task<Outcome<Guid>> ProveAsync(
        PasskeyPurpose purpose,
        Guid? accountId,
        Guid? sessionId,
        string answer,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var taken = Take(purpose, accountId, sessionId, answer, http);
        return await taken.Match(
            challenge => ProveAsync(challenge, answer, http, cancellationToken),
            refusal => Task.FromResult<Outcome<Guid>>(refusal)
        );
    }

    /// <summary>Checks the answer of a new passkey. Its challenge is used up by <see cref="UseAsync"/>, in the scope that keeps the passkey.</summary>
    public async Task<Outcome<(UserPasskeyInfo Passkey, PasskeyChallenge Challenge)>> ReadNewAsync(
        Guid accountId,
        Guid? sessionId,
        string answer,
        HttpContext http
    )
    {
        var taken = Take(PasskeyPurpose.Add, accountId, sessionId, answer, http);
        return await taken.Match(
            async challenge =>
            {
                await using var services = scopes.CreateAsyncScope();
                var handler = services.ServiceProvider.GetRequiredService<IPasskeyHandler<User>>();
                var result = await handler.PerformAttestationAsync(
                    new PasskeyAttestationContext
                    {
                        HttpContext = http,
                        CredentialJson = answer,
                        AttestationState = challenge.State,
                    }
                );
                return !result.Succeeded ? Wrong(result.Failure)
                    : result.UserEntity.Id != accountId.ToString() || !result.Passkey.IsUserVerified
                        ? Wrong("The passkey is somebody else's, or did not verify its person.")
                    : (Outcome<(UserPasskeyInfo, PasskeyChallenge)>)(result.Passkey, challenge);
            },
            refusal => Task.FromResult<Outcome<(UserPasskeyInfo, PasskeyChallenge)>>(refusal)
        );
    }

    /// <summary>Notes that a challenge was answered; false when it was before.</summary>
    public static async Task<bool> UseAsync(WriteScope scope, PasskeyChallenge challenge)
    {
        var (now, digest) = (scope.Now, SHA256.HashData(Encoding.UTF8.GetBytes(challenge.State)));
        await scope.Database.UsedPasskeyChallenges.Where(used => used.ExpiresAt < now).ExecuteDeleteAsync(CancellationToken.None);
        if (await scope.Database.UsedPasskeyChallenges.AnyAsync(used => used.Digest == digest, CancellationToken.None))
        {
            return false;
        }

        scope.Database.UsedPasskeyChallenges.Add(
            // Longer than it could be answered, should the clock be set back a little.
            new UsedPasskeyChallenge { Digest = digest, ExpiresAt = now + (2 * PasskeyChallenge.Lasts) }
        );
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private Outcome<PasskeyChallenge> Take(PasskeyPurpose purpose, Guid? accountId, Guid? sessionId, string answer, HttpContext http)
    {
        var challenge = challenges.Take(http);
        return challenge is null ? Wrong("This browser was given no challenge, or took too long.")
            : challenge.Purpose != purpose || challenge.AccountId != accountId || challenge.SessionId != sessionId
                ? Wrong("The challenge was given for something else, or to somebody else.")
            : answer.Length > LongestAnswer ? Wrong("The answer is too long.")
            : challenge;
    }

    private async Task<Outcome<Guid>> ProveAsync(
        PasskeyChallenge challenge,
        string answer,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        await using var services = scopes.CreateAsyncScope();
        var handler = services.ServiceProvider.GetRequiredService<IPasskeyHandler<User>>();
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = http,
                CredentialJson = answer,
                AssertionState = challenge.State,
            }
        );
        if (!result.Succeeded)
        {
            return Wrong(result.Failure);
        }

        var (id, proven) = (result.User.Id, result.Passkey);
        return await writePath.RunAsync<Outcome<Guid>>(
            async scope =>
            {
                if (!await UseAsync(scope, challenge))
                {
                    return Wrong("The challenge was answered before.");
                }

                var passkey = await scope.Database.Passkeys.FindAsync([proven.CredentialId], CancellationToken.None);
                // Another answer may have come in between. One that counts nothing, as passkeys that are kept in step do not, is always zero.
                if (passkey?.UserId != id || (passkey.Data.SignCount > 0 && proven.SignCount <= passkey.Data.SignCount))
                {
                    return Wrong("The passkey was removed, or its counter went back.");
                }

                (passkey.Data.SignCount, passkey.Data.IsBackedUp, passkey.LastUsedAt) = (proven.SignCount, proven.IsBackedUp, scope.Now);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return id;
            },
            cancellationToken
        );
    }

    // Identity's sentence may quote what was sent.
    private static Refusal Wrong(PasskeyException failure)
    {
        var text = new string([.. failure.Message.Take(LongestReason).Where(letter => !char.IsControl(letter))]);
        return Wrong($"The answer of the passkey was not right: {text}");
    }

    private static Refusal Wrong(string detail) => new(RefusalKind.InvalidValue, detail);
}
