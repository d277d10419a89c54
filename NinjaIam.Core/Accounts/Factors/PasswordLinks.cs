using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>Whose password a link sets.</summary>
public sealed record OpenedPasswordLink(string Name, string UserName);

/// <summary>
/// Links by which people choose a password: whoever forgot theirs, and whoever has none because their identity provider signed them in and
/// does not any more (the product's rule 54). A link works once and for a day. The password before works until then; the second factor
/// stays and is asked for. Nobody uses one who is blocked or inactive, or whom an identity provider signs in meanwhile.
/// </summary>
public sealed class PasswordLinks(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IPasswordHasher<User> passwords,
    ISignOnRules rules,
    Sessions sessions,
    ChangeJournal journal,
    TimeProvider clock
)
{
    public const string Path = "/password/";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly Refusal Dead = new(
        RefusalKind.NotFound,
        "This link does not work any more. Ask a system administrator for a new one."
    );

    /// <summary>Whose link a secret is; null when it lets nobody in, for whatever reason.</summary>
    public async Task<OpenedPasswordLink?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return
            await FindAsync(database, InvitationToken.DigestOf(token), clock.GetUtcNow(), cancellationToken) is ({ } person, _)
            && await WhyNotAsync(person, cancellationToken) is null
            ? new OpenedPasswordLink(person.Name, person.UserName ?? "")
            : null;
    }

    /// <summary>Gives the person the password and ends every session of theirs. The secret does not work a second time: of two who try, one wins.</summary>
    public async Task<Outcome<Guid>> UseAsync(string token, NewPassword password, Origin origin, CancellationToken cancellationToken)
    {
        var validation = await new NewPasswordValidator().ValidateAsync(password, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        // Hashing is dear: not for a secret that fits nobody.
        if (await FindAsync(token, cancellationToken) is not { } opened)
        {
            return Dead;
        }

        if (CommonPasswords.Includes(password.Text, opened.UserName, opened.Name))
        {
            return new Refusal(RefusalKind.InvalidValue, NewAdministratorValidator.EasyToGuess, nameof(NewPassword.Text));
        }

        var (digest, hash) = (InvitationToken.DigestOf(token), passwords.HashPassword(new User(), password.Text));
        return await writePath.RunAsync<Outcome<Guid>>(
            async scope =>
            {
                if (
                    await FindAsync(scope.Database, digest, scope.Now, CancellationToken.None) is not ({ } person, { } link)
                    || await WhyNotAsync(person, CancellationToken.None) is not null
                )
                {
                    return Dead;
                }

                (person.PasswordHash, person.PasswordSetAt, person.SecurityStamp) = (hash, scope.Now, Guid.NewGuid().ToString("N"));
                scope.Database.PasswordLinks.Remove(link);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await sessions.EndAllAsync(scope, person.Id);
                var entry = Invitations.EntryOf(JournalKind.PasswordChanged, person);
                await journal.AppendAsync(scope, origin with { Actor = person.AsActor() }, entry, ChangeTopic.Users);
                return person.Id;
            },
            cancellationToken
        );
    }

    /// <summary>Why somebody can't be sent a link, in words; null when they can.</summary>
    public async Task<string?> WhyNotAsync(User person, CancellationToken cancellationToken) =>
        person.Blocked ? "Sign-in of this person is blocked. Allow it first."
        : !person.MaySignIn ? "This person is inactive and can't sign in."
        : person.Kind == AccountKind.SystemAdministrator ? null
        : person.ProviderId is { } provider
            ? await rules.SignsInAsync(provider, cancellationToken)
                    ? "An identity provider signs this person in, who needs no password here."
                : null
        : person.PasswordHash is null ? "This person has not chosen a password yet. Invite them."
        : null;

    /// <summary>Opens a way for somebody, inside the operation that asks for it, and closes the one before.</summary>
    /// <returns>The path of the page that takes it, with the secret.</returns>
    internal static async Task<Invitation> CreateAsync(WriteScope scope, User person)
    {
        var (token, ends) = (InvitationToken.Create(), scope.Now + Lifetime);
        var digest = InvitationToken.DigestOf(token);
        if (await scope.Database.PasswordLinks.SingleOrDefaultAsync(row => row.AccountId == person.Id, CancellationToken.None) is { } link)
        {
            (link.Digest, link.ExpiresAt) = (digest, ends);
        }
        else
        {
            scope.Database.PasswordLinks.Add(
                new PasswordLink
                {
                    AccountId = person.Id,
                    Digest = digest,
                    ExpiresAt = ends,
                }
            );
        }

        return new Invitation(person.Id, person.Name, person.Email ?? person.UserName ?? "", Path + token, ends)
        {
            IsForKnownPerson = true,
        };
    }

    private static async Task<(User Person, PasswordLink Link)?> FindAsync(
        NinjaIamDbContext database,
        byte[] digest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await (
            from link in database.PasswordLinks
            join person in database.Users on link.AccountId equals person.Id
            where link.Digest == digest && link.ExpiresAt > now
            select new { person, link }
        ).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.person, found.link);
    }
}
