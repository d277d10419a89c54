using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// An administrator's word on whether somebody may sign in, or that of a technician whose roles permit it where the person belongs. It is
/// another thing than what an identity provider says: access needs both, and neither undoes the other (the product's rule 48).
/// </summary>
public sealed class PersonAccess(IWritePath writePath, Sessions sessions, ChangeJournal journal)
{
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal Oneself = new(RefusalKind.NotAllowed, "You can't block yourself. Ask another system administrator.");

    /// <summary>Keeps somebody out until it is taken back, and ends their sessions at once.</summary>
    public Task<Outcome<Completed>> BlockAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        SetAsync(id, isBlocked: true, origin, cancellationToken);

    /// <summary>Takes a block back. Whether the person may sign in then depends on their identity provider alone.</summary>
    public Task<Outcome<Completed>> UnblockAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        SetAsync(id, isBlocked: false, origin, cancellationToken);

    private Task<Outcome<Completed>> SetAsync(Guid id, bool isBlocked, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutPermissionAsync(origin, PermissionKind.BlockSignIn, id) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                if (person.Blocked == isBlocked)
                {
                    return new Completed();
                }

                if (isBlocked && await scope.IsLastAdministratorAsync(id))
                {
                    return AdministratorGuard.LastAdministrator;
                }

                if (isBlocked && origin.Actor.Id == id)
                {
                    return Oneself;
                }

                person.Blocked = isBlocked;
                person.BlockedAt = isBlocked ? scope.Now : null;
                person.BlockedBy = isBlocked ? origin.Actor.Name : null;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                if (isBlocked)
                {
                    await sessions.EndAllAsync(scope, id);
                }

                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(isBlocked ? JournalKind.UserBlocked : JournalKind.UserUnblocked)
                    {
                        ProviderId = person.ProviderId,
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
