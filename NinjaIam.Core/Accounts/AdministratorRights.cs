using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// Makes people system administrators and takes it back. Nothing but a system administrator does, one person at a time; no identity provider
/// and no role ever (the product's rule 22).
/// </summary>
public sealed class AdministratorRights(IWritePath writePath, Sessions sessions, ChangeJournal journal)
{
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal NoAccess = new(
        RefusalKind.NotAllowed,
        "This person may not sign in. Allow it first, then make the person a system administrator."
    );

    private static readonly Refusal NotAccepted = new(
        RefusalKind.NotAllowed,
        "This person has not accepted the invitation yet. Only then can they be made a system administrator."
    );

    /// <summary>Lets somebody do everything. Roles given by hand are taken away: they mean nothing for a system administrator.</summary>
    public Task<Outcome<Completed>> MakeAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            AccountKind.SystemAdministrator,
            JournalKind.AdministratorMade,
            origin,
            (_, person) =>
                Task.FromResult(
                    !person.MaySignIn ? NoAccess
                    : person is { ProviderId: null, InvitationExpiresAt: not null } ? NotAccepted
                    : null
                ),
            cancellationToken
        );

    /// <summary>
    /// Makes a technician without a role of a system administrator: nothing is permitted until a role says so. The last one who can sign in
    /// stays one.
    /// </summary>
    public Task<Outcome<Completed>> TakeAsync(Guid id, Origin origin, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            AccountKind.Technician,
            JournalKind.AdministratorUnmade,
            origin,
            async (scope, _) => await scope.IsLastAdministratorAsync(id) ? AdministratorGuard.LastAdministrator : null,
            cancellationToken
        );

    private Task<Outcome<Completed>> ChangeAsync(
        Guid id,
        AccountKind kind,
        string journalKind,
        Origin origin,
        Func<WriteScope, User, Task<Refusal?>> refuse,
        CancellationToken cancellationToken
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseWithoutStepUpAsync(origin) is { } notAllowed)
                {
                    return notAllowed;
                }

                if (await scope.Database.Users.SingleOrDefaultAsync(user => user.Id == id, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                var isOne = person.Kind == AccountKind.SystemAdministrator;
                if (isOne == (kind == AccountKind.SystemAdministrator))
                {
                    return new Completed();
                }

                if (await refuse(scope, person) is { } refusal)
                {
                    return refusal;
                }

                person.Kind = kind;
                person.MayDiffer = person.ProviderId is not null;
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var taken = await GrantsOfManaged.TakeOtherKindsAsync(scope, id, kind);

                // What somebody may do is read when they sign in.
                await sessions.EndAllAsync(scope, id);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(journalKind)
                    {
                        ProviderId = person.ProviderId,
                        ResourceType = "User",
                        ResourceId = id.ToString("D"),
                        Subject = person.Name,
                        Changes = [.. taken.Select(role => new ChangedValue("role", role, null))],
                    },
                    ChangeTopic.Users
                );
                return new Completed();
            },
            cancellationToken
        );
}
