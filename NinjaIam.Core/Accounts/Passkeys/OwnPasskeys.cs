using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>A passkey as its person sees it.</summary>
/// <param name="Id">Names it to <see cref="OwnPasskeys.RemoveAsync"/>.</param>
/// <param name="AddedAt">UTC.</param>
/// <param name="LastUsedAt">UTC; null until it was used.</param>
public sealed record PasskeyLine(string Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt);

/// <summary>Lets people add passkeys to their account and remove them.</summary>
public sealed class OwnPasskeys
{
    /// <summary>How many passkeys a person may have.</summary>
    public const int Most = 10;

    public const int LongestName = 60;

    /// <summary>The field of a refusal that belongs under the name.</summary>
    public const string Name = "Name";

    private static readonly Refusal Gone = new(RefusalKind.NotFound, "This passkey does not exist any more.");
    private static readonly Refusal Full = new(
        RefusalKind.NotAllowed,
        $"You have {Most} passkeys, and more are not kept. Remove one that you do not use first."
    );
    private static readonly Refusal NotSignedIn = new(RefusalKind.NotAllowed, "You are not signed in any more. Sign in again.");
    private static readonly Refusal Wrong = new(
        RefusalKind.InvalidValue,
        "This passkey was not accepted: it has to ask for your finger, face or PIN, and to be new here. Try again."
    );
    private static readonly Refusal Nameless = new(
        RefusalKind.InvalidValue,
        $"Enter a name of {LongestName} characters at most, by which you know the passkey again.",
        Name
    );

    private readonly IWritePath _writePath;
    private readonly IDbContextFactory<NinjaIamDbContext> _databases;
    private readonly PasskeyCeremonies _ceremonies;
    private readonly SecurityLog _refusals;
    private readonly ChangeJournal _journal;

    internal OwnPasskeys(
        IWritePath writePath,
        IDbContextFactory<NinjaIamDbContext> databases,
        PasskeyCeremonies ceremonies,
        SecurityLog refusals,
        ChangeJournal journal
    ) => (_writePath, _databases, _ceremonies, _refusals, _journal) = (writePath, databases, ceremonies, refusals, journal);

    /// <summary>The passkeys of a person, the oldest first.</summary>
    public async Task<IReadOnlyList<PasskeyLine>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var passkeys = await database.Passkeys.AsNoTracking().Where(passkey => passkey.UserId == accountId).ToListAsync(cancellationToken);
        return
        [
            .. passkeys
                .OrderBy(passkey => passkey.Data.CreatedAt)
                .Select(passkey => new PasskeyLine(
                    Base64Url.EncodeToString(passkey.CredentialId),
                    passkey.Data.Name ?? "",
                    passkey.Data.CreatedAt,
                    passkey.LastUsedAt
                )),
        ];
    }

    /// <summary>Asks for a new passkey. Answers what the browser needs for that, as JSON. Asks for a step-up.</summary>
    public async Task<Outcome<string>> BeginAsync(string name, Origin origin, HttpContext http)
    {
        if (NameIn(name) is null)
        {
            return Nameless;
        }

        var refusal = await _writePath.RunAsync<Outcome<Completed>>(
            async scope =>
                await scope.RefuseWithoutOwnStepUpAsync(origin) is { } first ? first
                : await IsFullAsync(scope, origin) ? Full
                : new Completed(),
            http.RequestAborted
        );
        return refusal.RefusalOrNull() is { } why
            ? why
            : await _ceremonies.AskAsync(PasskeyPurpose.Add, origin.Actor.Id, origin.SessionId, http);
    }

    /// <summary>
    /// Keeps the passkey that the browser made. The step-up that <see cref="BeginAsync"/> asked for counts, also when it ran out while the
    /// person looked for their key: the challenge is for that sign-in alone.
    /// </summary>
    public async Task<Outcome<Completed>> AddAsync(string name, string answer, Origin origin, HttpContext http)
    {
        if (NameIn(name) is not { } known)
        {
            return Nameless;
        }

        var read = await _ceremonies.ReadNewAsync(origin.Actor.Id ?? Guid.Empty, origin.SessionId, answer, http);
        return await read.Match(
            made =>
                _writePath.RunAsync<Outcome<Completed>>(
                    scope => KeepAsync(scope, made.Passkey, made.Challenge, known, origin),
                    http.RequestAborted
                ),
            why =>
            {
                _refusals.Record(
                    new Refused(SecurityCause.SecondFactorRefused, $"{why.Detail} ({origin.Actor.Name})", origin.RequestId)
                    {
                        Address = origin.Address,
                        UserAgent = origin.UserAgent,
                    }
                );
                return Task.FromResult<Outcome<Completed>>(Wrong);
            }
        );
    }

    /// <summary>Takes a passkey of one's own away: it signs nobody in any more. Asks for a step-up.</summary>
    public Task<Outcome<Completed>> RemoveAsync(string id, Origin origin, CancellationToken cancellationToken) =>
        _writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutOwnStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var passkey = await FindAsync(scope, id);
                if (passkey is null || passkey.UserId != origin.Actor.Id)
                {
                    return Gone;
                }

                scope.Database.Passkeys.Remove(passkey);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var user = await scope.Database.Users.SingleAsync(row => row.Id == passkey.UserId, CancellationToken.None);
                user.TwoFactorEnabled =
                    await scope.Database.Passkeys.AnyAsync(other => other.UserId == user.Id, CancellationToken.None)
                    || await scope.Database.SecondFactors.AnyAsync(
                        factor => factor.AccountId == user.Id && factor.Key != null,
                        CancellationToken.None
                    );
                await AppendAsync(scope, JournalKind.PasskeyRemoved, user, origin, new ChangedValue("passkey", passkey.Data.Name, null));
                return new Completed();
            },
            cancellationToken
        );

    private async Task<Outcome<Completed>> KeepAsync(
        WriteScope scope,
        UserPasskeyInfo made,
        PasskeyChallenge challenge,
        string name,
        Origin origin
    )
    {
        if (!await scope.IsSignedInAsync(origin))
        {
            return NotSignedIn;
        }

        if (await IsFullAsync(scope, origin))
        {
            return Full;
        }

        if (
            !await PasskeyCeremonies.UseAsync(scope, challenge)
            || await scope.Database.Passkeys.FindAsync([made.CredentialId], CancellationToken.None) is not null
        )
        {
            return Wrong;
        }

        var user = await scope.Database.Users.SingleAsync(row => row.Id == origin.Actor.Id, CancellationToken.None);
        user.TwoFactorEnabled = true;
        scope.Database.Passkeys.Add(
            new Passkey
            {
                UserId = user.Id,
                CredentialId = made.CredentialId,
                Data = new IdentityPasskeyData
                {
                    PublicKey = made.PublicKey,
                    Name = name,
                    CreatedAt = scope.Now,
                    SignCount = made.SignCount,
                    Transports = made.Transports,
                    IsUserVerified = made.IsUserVerified,
                    IsBackupEligible = made.IsBackupEligible,
                    IsBackedUp = made.IsBackedUp,
                    AttestationObject = made.AttestationObject,
                    ClientDataJson = made.ClientDataJson,
                },
            }
        );
        await AppendAsync(scope, JournalKind.PasskeyAdded, user, origin, new ChangedValue("passkey", null, name));
        return new Completed();
    }

    private async Task AppendAsync(WriteScope scope, string kind, User user, Origin origin, ChangedValue change)
    {
        await scope.Database.SaveChangesAsync(CancellationToken.None);
        await _journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(kind)
            {
                ProviderId = user.ProviderId,
                ResourceType = "User",
                ResourceId = user.Id.ToString("D"),
                Subject = user.Name,
                Changes = [change],
            },
            ChangeTopic.Users
        );
    }

    private static async Task<bool> IsFullAsync(WriteScope scope, Origin origin) =>
        await scope.Database.Passkeys.CountAsync(passkey => passkey.UserId == origin.Actor.Id, CancellationToken.None) >= Most;

    private static async Task<Passkey?> FindAsync(WriteScope scope, string id)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(id.Length)];
        return Base64Url.IsValid(id) && Base64Url.TryDecodeFromChars(id, bytes, out var length)
            ? await scope.Database.Passkeys.FindAsync([bytes[..length]], CancellationToken.None)
            : null;
    }

    private static string? NameIn(string name) => name.Trim() is { Length: > 0 and <= LongestName } known ? known : null;
}
