using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>What is asked of a new system administrator.</summary>
public sealed record NewAdministrator
{
    public string FullName { get; init; } = "";

    public string Email { get; init; } = "";

    public string Password { get; init; } = "";

    // A record prints its members. The password must not end up in a log.
    public override string ToString() => $"New system administrator {Email}";
}

public sealed class NewAdministratorValidator : AbstractValidator<NewAdministrator>
{
    public const int ShortestPassword = 12;
    public const int LongestPassword = 256;
    internal const string EasyToGuess = "This is easy to guess: common words, names, years or rows of keys. Use something less usual.";

    public NewAdministratorValidator()
    {
        RuleFor(administrator => administrator.FullName)
            .NotEmpty()
            .WithMessage("Enter the full name.")
            .MaximumLength(150)
            .WithMessage("Use at most 150 characters.");
        RuleFor(administrator => administrator.Email)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter the email address.")
            .MaximumLength(254)
            .WithMessage("Use at most 254 characters.")
            .Must(email => EmailAddress.IsWellFormed(email.Trim()))
            .WithMessage("Enter an email address such as ada@example.com.");
        RuleFor(administrator => administrator.Password)
            .Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("Enter a password.")
            .MinimumLength(ShortestPassword)
            .WithMessage($"Use {ShortestPassword} characters or more.")
            .MaximumLength(LongestPassword)
            .WithMessage($"Use at most {LongestPassword} characters.")
            .Must((administrator, password) => !CommonPasswords.Includes(password, administrator.Email, administrator.FullName))
            .WithMessage(EasyToGuess);
    }
}

/// <summary>Creates system administrators. SCIM can never create one.</summary>
public sealed class Administrators(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IPasswordHasher<User> passwords,
    ChangeJournal journal,
    TimeProvider clock
)
{
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.AnyAsync(user => user.Kind == AccountKind.SystemAdministrator, cancellationToken);
    }

    /// <summary>The system administrator who signs in by this name, or null.</summary>
    public async Task<Guid?> FindAsync(string userName, CancellationToken cancellationToken)
    {
        var key = TextKey.Of(userName.Trim());
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database
            .Users.Where(user => user.NormalizedUserName == key && user.Kind == AccountKind.SystemAdministrator)
            .Select(user => (Guid?)user.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Creates an active system administrator.</summary>
    /// <param name="onlyAsFirst">Refuses with <see cref="RefusalKind.NotAllowed"/> when there is one already; of two who try, one wins.</param>
    public async Task<Outcome<Guid>> CreateAsync(
        NewAdministrator wanted,
        bool onlyAsFirst,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var validation = await new NewAdministratorValidator().ValidateAsync(wanted, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        var email = wanted.Email.Trim();
        var user = new User
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserName = email,
            NormalizedUserName = TextKey.Of(email),
            Email = email,
            NormalizedEmail = TextKey.Of(email),
            EmailConfirmed = true,
            DisplayName = wanted.FullName.Trim(),
            Kind = AccountKind.SystemAdministrator,
            AllOrganizations = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = clock.GetUtcNow(),
            PasswordSetAt = clock.GetUtcNow(),
        };
        user.PasswordHash = passwords.HashPassword(user, wanted.Password);

        return await writePath.RunAsync<Outcome<Guid>>(
            async scope =>
            {
                if (
                    onlyAsFirst
                    && await scope.Database.Users.AnyAsync(other => other.Kind == AccountKind.SystemAdministrator, CancellationToken.None)
                )
                {
                    return new Refusal(RefusalKind.NotAllowed, "A system administrator exists already. Sign in instead.");
                }

                if (
                    await scope.Database.Users.AnyAsync(
                        other => other.NormalizedUserName == user.NormalizedUserName,
                        CancellationToken.None
                    )
                )
                {
                    return new Refusal(
                        RefusalKind.AlreadyTaken,
                        "Somebody with this email address has an account already. Use another address.",
                        nameof(NewAdministrator.Email)
                    );
                }

                scope.Database.Users.Add(user);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var entry = new JournalEntry(JournalKind.AdministratorCreated)
                {
                    ResourceType = "User",
                    ResourceId = user.Id.ToString(),
                    Subject = user.Name,
                    Changes = [new ChangedValue("userName", null, email)],
                };
                await journal.AppendAsync(scope, origin, entry, ChangeTopic.Users);
                return user.Id;
            },
            cancellationToken
        );
    }

    /// <summary>Gives an existing administrator a new password; used by a demonstration that is started again on the same data.</summary>
    public Task<Outcome<Completed>> ReplacePasswordAsync(string email, string password, CancellationToken cancellationToken)
    {
        var key = TextKey.Of(email);
        var hash = passwords.HashPassword(new User(), password);
        return writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                var user = await scope.Database.Users.SingleOrDefaultAsync(
                    other => other.NormalizedUserName == key && other.Kind == AccountKind.SystemAdministrator,
                    CancellationToken.None
                );
                if (user is null)
                {
                    return new Refusal(RefusalKind.NotFound, "There is no system administrator with this email address.");
                }

                (user.PasswordHash, user.PasswordSetAt) = (hash, scope.Now);
                user.SecurityStamp = Guid.NewGuid().ToString("N");
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return new Completed();
            },
            cancellationToken
        );
    }
}
