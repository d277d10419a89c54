using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Deletes people who are kept by hand, and brings them back within thirty days with everything they had. Whom an identity provider manages
/// only it can delete.
/// </summary>
public sealed class PersonRemoval(IWritePath writePath, Sessions sessions, ChangeJournal journal)
{
    /// <summary>How long somebody can be brought back.</summary>
    public static readonly TimeSpan MayReturnFor = TimeSpan.FromDays(30);

    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal Oneself = new(RefusalKind.NotAllowed, "You can't delete yourself. Ask another system administrator.");
    private static readonly Refusal Managed = new(
        RefusalKind.NotAllowed,
        "An identity provider manages this person. Delete the person there, or block sign-in here."
    );
    private static readonly Refusal TooLate = new(
        RefusalKind.NotAllowed,
        "This person was deleted more than 30 days ago, or was not deleted by hand, and can't be brought back."
    );
    private static readonly Refusal NameTaken = new(
        RefusalKind.AlreadyTaken,
        "Somebody else has this user name by now. Give that person another one first."
    );

    /// <summary>The account stays listed as Inactive, signs in nowhere, and its user name is free.</summary>
    public Task<Outcome<Completed>> DeleteAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            JournalKind.UserRemoved,
            origin,
            async (scope, person) =>
            {
                if (person.ProviderId is not null)
                {
                    return Managed;
                }

                if (person.DeletedAt is not null)
                {
                    return NoPerson;
                }

                if (await scope.IsLastAdministratorAsync(id))
                {
                    return AdministratorGuard.LastAdministrator;
                }

                if (origin.Actor.Id == id)
                {
                    return Oneself;
                }

                (person.DeletedAt, person.NormalizedUserName) = (scope.Now, null);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await sessions.EndAllAsync(scope, id);
                return null;
            },
            cancellationToken
        );

    /// <summary>Undoes a deletion: the person has again what they had, a block included.</summary>
    public Task<Outcome<Completed>> RestoreAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            JournalKind.UserRestored,
            origin,
            async (scope, person) =>
            {
                if (person.ProviderId is not null || person.DeletedAt is not { } at || scope.Now - at >= MayReturnFor)
                {
                    return TooLate;
                }

                var key = TextKey.Of(person.UserName ?? "");
                if (await scope.Database.Users.AnyAsync(other => other.NormalizedUserName == key, CancellationToken.None))
                {
                    return NameTaken;
                }

                (person.DeletedAt, person.NormalizedUserName) = (null, key);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                return null;
            },
            cancellationToken
        );

    private Task<Outcome<Completed>> ChangeAsync(
        Guid id,
        string kind,
        Origin origin,
        Func<WriteScope, User, Task<Refusal?>> change,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } notAllowed)
                {
                    return notAllowed;
                }

                if (await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                if (await change(scope, person) is { } refusal)
                {
                    return refusal;
                }

                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(kind)
                    {
                        ResourceType = "User",
                        ResourceId = id.ToString("D"),
                        Subject = person.Name,
                    },
                    ChangeTopic.Users
                );
                return new Completed();
            },
            cancellationToken
        );
}
