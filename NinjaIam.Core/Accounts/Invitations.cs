using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>What became of an invitation.</summary>
public enum InvitationState
{
    /// <summary>The person was never invited, or needs none.</summary>
    None,
    Pending,
    Expired,
    Accepted,
}

/// <summary>How somebody proves who they are.</summary>
public enum AuthenticationKind
{
    /// <summary>There is no way yet.</summary>
    None,
    Invited,
    LocalPassword,
    IdentityProvider,
}

/// <summary>A new invitation. It is shown or sent once and exists nowhere afterwards.</summary>
/// <param name="Path">The path of the page that takes it, with the secret.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record Invitation(Guid AccountId, string Name, string Email, string Path, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it is on its way by mail, so that nobody else has to hand it over.</summary>
    public bool IsMailed { get; init; }

    /// <summary>Whether it is for somebody who signed in before: a link of <see cref="Factors.PasswordLinks"/>.</summary>
    public bool IsForKnownPerson { get; init; }

    // A record prints its members. The secret must not end up in a log.
    public override string ToString() => $"Invitation of {AccountId}";
}

/// <summary>An invitation as its page shows it to whoever has the secret.</summary>
/// <param name="State"><see cref="InvitationState.None"/> for a secret that fits nobody who may accept, for whatever reason.</param>
public sealed record OpenedInvitation(InvitationState State, string? Name = null, string? UserName = null);

/// <summary>The password that somebody chooses who accepts an invitation.</summary>
public sealed record NewPassword(string Text)
{
    // A record prints its members. The password must not end up in a log.
    public override string ToString() => "New password";
}

public sealed class NewPasswordValidator : AbstractValidator<NewPassword>
{
    public NewPasswordValidator() =>
        RuleFor(password => password.Text)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter a password.")
            .MinimumLength(NewAdministratorValidator.ShortestPassword)
            .WithMessage($"Use {NewAdministratorValidator.ShortestPassword} characters or more.")
            .MaximumLength(NewAdministratorValidator.LongestPassword)
            .WithMessage($"Use at most {NewAdministratorValidator.LongestPassword} characters.")
            .Must(password => !CommonPasswords.Includes(password))
            .WithMessage(NewAdministratorValidator.EasyToGuess);
}

/// <summary>
/// Invites people who are kept by hand to choose a password. A link works once and for a day; a new one ends the one before. Nobody accepts
/// who is blocked, inactive or deleted, or whom an identity provider manages meanwhile.
/// </summary>
public sealed class Invitations(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IPasswordHasher<User> passwords,
    ChangeJournal journal,
    TimeProvider clock
)
{
    public const string Path = "/invitation/";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private static readonly Refusal Dead = new(
        RefusalKind.NotFound,
        "This invitation does not work any more. Ask a system administrator for a new one."
    );

    /// <summary>Whose invitation a secret is, and whether it can be accepted.</summary>
    public async Task<OpenedInvitation> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var digest = InvitationToken.DigestOf(token);
        var person = await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.InvitationDigest == digest, cancellationToken);
        return person switch
        {
            null => new OpenedInvitation(InvitationState.None),
            _ when WhyNot(person) is not null => new OpenedInvitation(InvitationState.None),
            _ when clock.GetUtcNow() >= person.InvitationExpiresAt => new OpenedInvitation(InvitationState.Expired),
            _ => new OpenedInvitation(InvitationState.Pending, person.Name, person.UserName),
        };
    }

    /// <summary>Gives the person the password. The secret does not work a second time: of two who try, one wins.</summary>
    public async Task<Outcome<Guid>> AcceptAsync(string token, NewPassword password, Origin origin, CancellationToken cancellationToken)
    {
        var validation = await new NewPasswordValidator().ValidateAsync(password, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        // Hashing is dear: not for a secret that fits nobody.
        if ((await FindAsync(token, cancellationToken)).State != InvitationState.Pending)
        {
            return Dead;
        }

        var (digest, hash) = (InvitationToken.DigestOf(token), passwords.HashPassword(new User(), password.Text));
        return await writePath.RunAsync<Outcome<Guid>>(
            async scope =>
            {
                var person = await scope.Database.Users.SingleOrDefaultAsync(
                    user => user.InvitationDigest == digest,
                    CancellationToken.None
                );
                if (person is null || WhyNot(person) is not null || scope.Now >= person.InvitationExpiresAt)
                {
                    return Dead;
                }

                (person.PasswordHash, person.PasswordSetAt) = (hash, scope.Now);
                person.SecurityStamp = Guid.NewGuid().ToString("N");
                (person.InvitationDigest, person.InvitationExpiresAt, person.InvitationAcceptedAt) = (null, null, scope.Now);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var entry = EntryOf(JournalKind.InvitationAccepted, person);
                await journal.AppendAsync(scope, origin with { Actor = person.AsActor() }, entry, ChangeTopic.Users);
                return person.Id;
            },
            cancellationToken
        );
    }

    /// <summary>Gives a person who is kept by hand a new secret, inside the operation that adds them or asks for it.</summary>
    internal static Invitation Invite(User person, DateTimeOffset now)
    {
        var token = InvitationToken.Create();
        (person.InvitationDigest, person.InvitedAt, person.InvitationExpiresAt) = (InvitationToken.DigestOf(token), now, now + Lifetime);
        return new Invitation(person.Id, person.Name, person.Email ?? "", Path + token, now + Lifetime);
    }

    internal static InvitationState StateOf(User person, DateTimeOffset now) =>
        person.InvitationAcceptedAt is not null ? InvitationState.Accepted
        : person is not { ProviderId: null, InvitationExpiresAt: { } expires } ? InvitationState.None
        : now < expires ? InvitationState.Pending
        : InvitationState.Expired;

    internal static AuthenticationKind AuthenticationOf(User person) =>
        person.PasswordHash is not null ? AuthenticationKind.LocalPassword
        : person.ProviderId is not null && person.Kind != AccountKind.SystemAdministrator ? AuthenticationKind.IdentityProvider
        : person.InvitationExpiresAt is not null ? AuthenticationKind.Invited
        : AuthenticationKind.None;

    /// <summary>Whether somebody could be invited now.</summary>
    internal static bool CanBeInvited(User person) => WhyNot(person) is null;

    /// <summary>Why somebody can neither be invited nor accept, in words; null when they can.</summary>
    internal static string? WhyNot(User person) =>
        person.ProviderId is not null ? "An identity provider manages this person, who signs in there and needs no invitation."
        : person.Kind == AccountKind.SystemAdministrator ? "System administrators are not invited. They are created with a password."
        : person.PasswordHash is not null ? "This person has chosen a password already."
        : person.Blocked ? "Sign-in of this person is blocked. Allow it first."
        : person.MaySignIn ? null
        : "This person is inactive and can't be invited.";

    internal static JournalEntry EntryOf(string kind, User person, IReadOnlyList<ChangedValue>? changes = null) =>
        new(kind)
        {
            ResourceType = "User",
            ResourceId = person.Id.ToString("D"),
            Subject = person.Name,
            Changes = changes ?? [],
        };
}
