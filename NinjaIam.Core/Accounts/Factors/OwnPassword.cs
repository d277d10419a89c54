using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>Lets people who sign in with a password choose another one.</summary>
public sealed class OwnPassword(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IPasswordHasher<User> passwords,
    Sessions sessions,
    ChangeJournal journal
)
{
    private static readonly Refusal None = new(RefusalKind.NotFound, "You sign in without a password here. There is none to change.");

    public async Task<bool> HasAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.AnyAsync(user => user.Id == accountId && user.PasswordHash != null, cancellationToken);
    }

    /// <summary>Ends every sign-in of the person, this one too. Asks for a step-up.</summary>
    public async Task<Outcome<Completed>> ChangeAsync(NewPassword wanted, Origin origin, CancellationToken cancellationToken)
    {
        var validation = await new NewPasswordValidator().ValidateAsync(wanted, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        var hash = passwords.HashPassword(new User(), wanted.Text);
        return await writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutOwnStepUpAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var user = await scope.Database.Users.SingleAsync(row => row.Id == origin.Actor.Id, CancellationToken.None);
                if (user.PasswordHash is null)
                {
                    return None;
                }

                if (CommonPasswords.Includes(wanted.Text, user.UserName, user.Name))
                {
                    return new Refusal(RefusalKind.InvalidValue, NewAdministratorValidator.EasyToGuess, nameof(NewPassword.Text));
                }

                (user.PasswordHash, user.PasswordSetAt, user.SecurityStamp) = (hash, scope.Now, Guid.NewGuid().ToString("N"));
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                // Whoever asked for a link has no need of it any more, and it would open the account to whoever has it.
                await scope.Database.PasswordLinks.Where(link => link.AccountId == user.Id).ExecuteDeleteAsync(CancellationToken.None);
                await sessions.EndAllAsync(scope, user.Id);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(JournalKind.PasswordChanged)
                    {
                        ResourceType = "User",
                        ResourceId = user.Id.ToString("D"),
                        Subject = user.Name,
                    },
                    ChangeTopic.Users
                );
                return new Completed();
            },
            cancellationToken
        );
    }
}
