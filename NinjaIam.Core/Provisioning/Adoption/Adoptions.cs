using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning.Adoption;

/// <summary>Somebody kept by hand whom a provider wants to take over.</summary>
/// <param name="Roles">Names of the roles that were given by hand, in order.</param>
/// <param name="AskedAt">When the provider first sent the person (UTC).</param>
public sealed record WaitingPerson(
    Guid Id,
    string Name,
    string UserName,
    AccountKind Kind,
    IReadOnlyList<string> Roles,
    DateTimeOffset AskedAt,
    DateTimeOffset LastAskedAt
);

/// <summary>How many people wait for a decision about a provider.</summary>
public sealed record WaitingCount(ProviderChoice Provider, int People);

/// <summary>
/// Decides about people who are kept by hand and whom a provider sends (the product's rule 26). An approval takes effect when the provider
/// asks next: only then is there anything of its own to store.
/// </summary>
public sealed class Adoptions(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeJournal journal)
{
    private static readonly Refusal NotWaiting = new(
        RefusalKind.Stale,
        "Somebody else decided about this person meanwhile, or the person is managed already."
    );

    /// <summary>Those about whom nobody has decided, the first to be asked about first.</summary>
    public async Task<Page<WaitingPerson>> ListWaitingAsync(
        Actor actor,
        Guid providerId,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = Waiting(database).Where(row => row.Request.ProviderId == providerId);
        var total = await waiting.CountAsync(cancellationToken);
        var rows = await waiting
            .OrderBy(row => row.Request.AskedAt)
            .ThenBy(row => row.Request.AccountId)
            .Skip(request.Skip)
            .Take(request.Rows)
            .ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.User.Id);
        var held = await (
            from grant in database.RoleGrants
            join role in database.Roles on grant.RoleId equals role.Id
            where ids.Contains(grant.AccountId)
            orderby role.NormalizedName
            select new { grant.AccountId, role.Name }
        ).ToListAsync(cancellationToken);
        var roles = held.ToLookup(row => row.AccountId, row => row.Name);
        return new Page<WaitingPerson>(
            rows.ConvertAll(row => new WaitingPerson(
                row.User.Id,
                row.User.Name,
                row.User.UserName ?? "",
                row.User.Kind,
                [.. roles[row.User.Id]],
                row.Request.AskedAt,
                row.Request.LastAskedAt
            )),
            total
        );
    }

    /// <summary>The providers about whose people somebody has to decide, by name.</summary>
    public async Task<IReadOnlyList<WaitingCount>> CountWaitingAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await Waiting(database)
            .GroupBy(row => row.Request.ProviderId)
            .Select(group => new { Provider = group.Key, People = group.Count() })
            .ToListAsync(cancellationToken);
        if (counts.Count == 0)
        {
            return [];
        }

        var ids = counts.ConvertAll(row => row.Provider);
        var providers = await database
            .IdentityProviders.Where(provider => ids.Contains(provider.Id))
            .OrderBy(provider => provider.NormalizedDisplayName)
            .Select(provider => new ProviderChoice(provider.Id, provider.UniqueIdentifier, provider.DisplayName, provider.Vendor))
            .ToListAsync(cancellationToken);
        return providers.ConvertAll(provider => new WaitingCount(provider, counts.Single(row => row.Provider == provider.Id).People));
    }

    /// <summary>Lets the provider take the person over, or keeps the person by hand for good.</summary>
    public Task<Outcome<Completed>> DecideAsync(
        Guid providerId,
        Guid accountId,
        bool isApproved,
        Origin origin,
        CancellationToken cancellationToken
    ) => DecideAsync(providerId, isApproved, origin, request => request.AccountId == accountId, cancellationToken);

    /// <summary>Decides the same about everybody who waits for the provider now.</summary>
    /// <param name="waiting">How many were looked at; another number refuses with <see cref="RefusalKind.Stale"/>.</param>
    public Task<Outcome<Completed>> DecideAllAsync(
        Guid providerId,
        int waiting,
        bool isApproved,
        Origin origin,
        CancellationToken cancellationToken
    ) => DecideAsync(providerId, isApproved, origin, _ => true, cancellationToken, waiting);

    private Task<Outcome<Completed>> DecideAsync(
        Guid providerId,
        bool isApproved,
        Origin origin,
        Func<AdoptionRequest, bool> chosen,
        CancellationToken cancellationToken,
        int? expected = null
    ) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var all = await Waiting(scope.Database)
                    .AsTracking()
                    .Where(row => row.Request.ProviderId == providerId)
                    .ToListAsync(CancellationToken.None);
                var rows = all.Where(row => chosen(row.Request)).ToList();
                if (rows.Count == 0)
                {
                    return NotWaiting;
                }

                if (expected is { } count && rows.Count != count)
                {
                    return new Refusal(RefusalKind.Stale, $"Meanwhile {rows.Count} people wait. Look at the list again, then decide.");
                }

                foreach (var row in rows)
                {
                    (row.Request.DecidedAt, row.Request.DecidedBy, row.Request.IsApproved) = (scope.Now, origin.Actor.Name, isApproved);
                }

                await scope.Database.SaveChangesAsync(CancellationToken.None);
                var kind = isApproved ? JournalKind.AdoptionApproved : JournalKind.AdoptionDeclined;
                foreach (var row in rows)
                {
                    await journal.AppendAsync(
                        scope,
                        origin,
                        AdoptionRequests.EntryOf(kind, providerId, row.User.Id, row.User.Name),
                        ChangeTopic.Users
                    );
                }

                return new Completed();
            },
            cancellationToken
        );

    /// <summary>Who was taken over by another way meanwhile, deleted, or made an administrator, does not wait any more.</summary>
    private static IQueryable<WaitingRow> Waiting(NinjaIamDbContext database) =>
        from request in database.AdoptionRequests
        join user in database.Users on request.AccountId equals user.Id
        where request.DecidedAt == null && user.ProviderId == null && user.DeletedAt == null && user.Kind != AccountKind.SystemAdministrator
        select new WaitingRow { Request = request, User = user };

    private sealed class WaitingRow
    {
        public required AdoptionRequest Request { get; init; }

        public required User User { get; init; }
    }
}
