using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

public sealed record PermittedPeopleFilter
{
    /// <summary>Part of a user name, an email address or a name.</summary>
    public string? Search { get; init; }

    public AccountStatus? Status { get; init; }

    /// <summary>People of this organization, counting those with all organizations. One that may not be seen finds nobody.</summary>
    public int? OrganizationId { get; init; }
}

/// <summary>A person as somebody sees them whom a role lets view users.</summary>
/// <param name="Organizations">Names, in order, of those that the viewer may see; there may be others.</param>
public sealed record PermittedPerson(
    Guid Id,
    string UserName,
    string Name,
    string? Email,
    AccountKind Kind,
    AccountStatus Status,
    bool AllOrganizations,
    IReadOnlyList<string> Organizations
);

/// <summary>One person, and what the viewer may do with them.</summary>
/// <param name="ProviderName">The identity provider that decides name and email now; null when a system administrator does.</param>
public sealed record PermittedPersonDetails(PermittedPerson Person, string? ProviderName, LocalSettings Settings)
{
    public bool IsBlocked { get; init; }

    public bool MayEdit { get; init; }

    public bool MayBlock { get; init; }

    public bool MaySeeGroups { get; init; }

    public bool MaySeeActivities { get; init; }
}

/// <summary>People on their way out of the installation, no more of them and about them than the list shows.</summary>
public sealed record ExportedPermittedPeople(int People, IAsyncEnumerable<PermittedPerson> Lines);

/// <summary>Reads the people whom the roles of the actor let them view, and nobody else.</summary>
public sealed class PermittedPeople(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    ChangeJournal journal,
    TimeProvider clock
)
{
    private const int PartSize = 500;

    /// <summary>Sorts by <c>userName</c> (its own order) or <c>email</c>.</summary>
    /// <exception cref="UnauthorizedAccessException">No role lets the actor view users anywhere.</exception>
    public async Task<Page<PermittedPerson>> ListAsync(
        Actor actor,
        PermittedPeopleFilter filter,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        held.MustHold(PermissionKind.ViewUsers);
        var users = Matching(database, PeopleInReach.Seen(database, held[PermissionKind.ViewUsers]), held, filter);
        var total = await users.CountAsync(cancellationToken);
        var sorted = (request.SortColumn, request.Descending) switch
        {
            ("email", false) => users.OrderBy(user => user.NormalizedEmail).ThenBy(user => user.Id),
            ("email", true) => users.OrderByDescending(user => user.NormalizedEmail).ThenBy(user => user.Id),
            (_, true) => users.OrderByDescending(user => user.NormalizedUserName).ThenBy(user => user.Id),
            _ => users.OrderBy(user => user.NormalizedUserName).ThenBy(user => user.Id),
        };
        var page = await sorted.Skip(request.Skip).Take(request.Rows).ToListAsync(cancellationToken);
        return new Page<PermittedPerson>(await LinesAsync(database, page, held, cancellationToken), total);
    }

    /// <summary>One person, or null when there is none whom the actor may view.</summary>
    public async Task<PermittedPersonDetails?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        if (
            !held.May(PermissionKind.ViewUsers)
            || await PeopleInReach
                .Seen(database, held[PermissionKind.ViewUsers])
                .SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
                is not { } person
        )
        {
            return null;
        }

        return new PermittedPersonDetails(
            (await LinesAsync(database, [person], held, cancellationToken))[0],
            await OwnAccount.DecidingProviderAsync(database, person, cancellationToken),
            OwnAccount.SettingsOf(person)
        )
        {
            IsBlocked = person.Blocked,
            MayEdit = await IsWithinAsync(PermissionKind.EditUsers),
            MayBlock = id != actor.Id && await IsWithinAsync(PermissionKind.BlockSignIn),
            MaySeeGroups = await IsSeenAsync(PermissionKind.ViewGroups),
            MaySeeActivities = await IsSeenAsync(PermissionKind.ViewActivities),
        };

        Task<bool> IsWithinAsync(PermissionKind permission) =>
            PeopleInReach.Within(database, held[permission]).AnyAsync(user => user.Id == id, cancellationToken);

        Task<bool> IsSeenAsync(PermissionKind permission) =>
            PeopleInReach.Seen(database, held[permission]).AnyAsync(user => user.Id == id, cancellationToken);
    }

    /// <summary>Hands out everybody whom the actor may both view and export. Who did it is in the journal before the first line leaves.</summary>
    public async Task<Outcome<ExportedPermittedPeople>> ExportAsync(
        PermittedPeopleFilter filter,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        // Counted outside of the writer, which others wait for; what is permitted is asked in it.
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var before = await database.PermissionsOfAsync(origin.Actor, cancellationToken);
        var people = await Exported(database, before, filter).CountAsync(cancellationToken);
        return await writePath.RunAsync<Outcome<ExportedPermittedPeople>>(
            async scope =>
            {
                var refusal =
                    await scope.RefuseWithoutPermissionAsync(origin, PermissionKind.Export)
                    ?? await scope.RefuseWithoutPermissionAsync(origin, PermissionKind.ViewUsers)
                    ?? (people > 1 ? await scope.RefuseWithoutOwnStepUpAsync(origin) : null);
                if (refusal is not null)
                {
                    return refusal;
                }

                var held = await scope.HeldOnSignInAsync(origin);
                var count = people.ToString(CultureInfo.InvariantCulture);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(JournalKind.PeopleExported)
                    {
                        ResourceType = "User",
                        Subject = count,
                        Changes = [new ChangedValue("people", null, count)],
                    },
                    ChangeTopic.Users
                );
                return new ExportedPermittedPeople(people, LinesAsync(held, filter, CancellationToken.None));
            },
            cancellationToken
        );
    }

    private async IAsyncEnumerable<PermittedPerson> LinesAsync(
        HeldPermissions held,
        PermittedPeopleFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var last = Guid.Empty;
        while (true)
        {
            // A context and a deadline for each part: whoever reads slowly holds nothing back.
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var part = await Exported(database, held, filter, PeopleExport.After(database, last))
                .OrderBy(user => user.Id)
                .Take(PartSize)
                .ToListAsync(cancellationToken);
            foreach (var line in await LinesAsync(database, part, held, cancellationToken))
            {
                yield return line;
            }

            if (part.Count < PartSize)
            {
                yield break;
            }

            last = part[^1].Id;
        }
    }

    private IQueryable<User> Exported(
        NinjaIamDbContext database,
        HeldPermissions held,
        PermittedPeopleFilter filter,
        IQueryable<User>? among = null
    )
    {
        var seen = PeopleInReach.Seen(database, held[PermissionKind.ViewUsers], among);
        return Matching(database, PeopleInReach.Seen(database, held[PermissionKind.Export], seen), held, filter);
    }

    private IQueryable<User> Matching(
        NinjaIamDbContext database,
        IQueryable<User> users,
        HeldPermissions held,
        PermittedPeopleFilter filter
    )
    {
        if (filter.OrganizationId is { } organization && !held[PermissionKind.ViewOrganizations].Holds(organization))
        {
            return users.Where(_ => false);
        }

        return People.Matching(
            database,
            users,
            new PeopleFilter
            {
                Search = filter.Search,
                Status = filter.Status,
                OrganizationId = filter.OrganizationId,
            },
            clock.GetUtcNow()
        );
    }

    private async Task<List<PermittedPerson>> LinesAsync(
        NinjaIamDbContext database,
        List<User> users,
        HeldPermissions held,
        CancellationToken cancellationToken
    )
    {
        var ids = users.Select(user => user.Id).ToList();
        var links = await (
            from link in database.AccountOrganizations
            join organization in database.Organizations on link.OrganizationId equals organization.Id
            where ids.Contains(link.AccountId)
            orderby organization.NormalizedName
            select new
            {
                link.AccountId,
                organization.Id,
                organization.Name,
            }
        ).ToListAsync(cancellationToken);
        var visible = held[PermissionKind.ViewOrganizations];
        var names = links.Where(row => visible.Holds(row.Id)).ToLookup(row => row.AccountId, row => row.Name);
        var now = clock.GetUtcNow();
        return users.ConvertAll(user => new PermittedPerson(
            user.Id,
            user.UserName ?? "",
            user.Name,
            user.Email,
            user.Kind,
            People.StatusOf(user, now),
            user.AllOrganizations,
            user.AllOrganizations ? [] : [.. names[user.Id]]
        ));
    }
}
