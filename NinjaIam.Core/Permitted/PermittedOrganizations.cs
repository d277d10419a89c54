using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>An organization as somebody sees it whom a role lets view it.</summary>
/// <param name="Users">
/// People who belong to it by name and may be viewed by permissions; null where the viewer may view no users of it. System administrators are
/// not counted.
/// </param>
public sealed record PermittedOrganization(int Id, string Name, int? Users);

/// <summary>Reads the organizations that the roles of the actor let them view, and no other. Archived ones are left out.</summary>
public sealed class PermittedOrganizations(IDbContextFactory<NinjaIamDbContext> databases)
{
    /// <exception cref="UnauthorizedAccessException">No role lets the actor view organizations anywhere.</exception>
    public async Task<Page<PermittedOrganization>> ListAsync(
        Actor actor,
        string? search,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        held.MustHold(PermissionKind.ViewOrganizations);
        var rows = InReach(database, held[PermissionKind.ViewOrganizations]);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var key = TextKey.Of(search.Trim());
            rows = rows.Where(row => row.NormalizedName.Contains(key));
        }

        var total = await rows.CountAsync(cancellationToken);
        var sorted = request.Descending ? rows.OrderByDescending(row => row.NormalizedName) : rows.OrderBy(row => row.NormalizedName);
        var (people, links) = (PeopleInReach.Seen(database, PermissionReach.Everywhere), database.AccountOrganizations);
        var items = await sorted
            .Skip(request.Skip)
            .Take(request.Rows)
            .Select(row => new
            {
                row.Id,
                row.Name,
                Users = links.Count(link => link.OrganizationId == row.Id && people.Any(user => user.Id == link.AccountId)),
            })
            .ToListAsync(cancellationToken);
        var viewed = held[PermissionKind.ViewUsers];
        return new Page<PermittedOrganization>(
            items.ConvertAll(row => new PermittedOrganization(row.Id, row.Name, viewed.Holds(row.Id) ? row.Users : null)),
            total
        );
    }

    /// <summary>Those to choose from, by name; none where no role lets the actor view any.</summary>
    public async Task<IReadOnlyList<OrganizationChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        return await InReach(database, held[PermissionKind.ViewOrganizations])
            .OrderBy(row => row.NormalizedName)
            .Select(row => new OrganizationChoice(row.Id, row.Name))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Organization> InReach(NinjaIamDbContext database, PermissionReach reach)
    {
        var rows = database.Organizations.AsNoTracking().Where(row => row.ArchivedAt == null);
        if (reach.IsEverywhere)
        {
            return rows;
        }

        var places = reach.Organizations.ToList();
        return rows.Where(row => places.Contains(row.Id));
    }
}
