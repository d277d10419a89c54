using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>Whom a permission reaches. System administrators and people who were deleted never.</summary>
internal static class PeopleInReach
{
    /// <summary>For looking: who belongs to one of the organizations, or to all.</summary>
    /// <param name="among">Null for among everybody.</param>
    public static IQueryable<User> Seen(NinjaIamDbContext database, PermissionReach reach, IQueryable<User>? among = null)
    {
        var people = Among(among ?? database.Users.AsNoTracking());
        if (reach.IsEverywhere)
        {
            return people;
        }

        var (places, links) = (reach.Organizations.ToList(), database.AccountOrganizations);
        return people.Where(user =>
            user.AllOrganizations || links.Any(link => link.AccountId == user.Id && places.Contains(link.OrganizationId))
        );
    }

    /// <summary>For acts: who belongs to some of the organizations and to no other.</summary>
    public static IQueryable<User> Within(NinjaIamDbContext database, PermissionReach reach)
    {
        var people = Among(database.Users.AsNoTracking());
        if (reach.IsEverywhere)
        {
            return people;
        }

        var (places, links) = (reach.Organizations.ToList(), database.AccountOrganizations);
        return people.Where(user =>
            !user.AllOrganizations
            && links.Any(link => link.AccountId == user.Id)
            && !links.Any(link => link.AccountId == user.Id && !places.Contains(link.OrganizationId))
        );
    }

    private static IQueryable<User> Among(IQueryable<User> users) =>
        users.Where(user => user.Kind != AccountKind.SystemAdministrator && user.DeletedAt == null);
}
