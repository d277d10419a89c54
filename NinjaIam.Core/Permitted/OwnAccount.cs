using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>One thing that somebody's roles permit, and where.</summary>
/// <param name="Organizations">Names, in order; empty when it is permitted everywhere.</param>
public sealed record PermittedAct(PermissionKind Permission, bool IsEverywhere, IReadOnlyList<string> Organizations);

/// <summary>Who somebody is, as they see it themselves.</summary>
/// <param name="ProviderName">The identity provider that decides name and email now; null when a system administrator does.</param>
public sealed record OwnProfile(
    string Name,
    string UserName,
    string? Email,
    string? GivenName,
    string? FamilyName,
    string? ProviderName,
    LocalSettings Settings
);

/// <summary>The account of whoever asks, and what it may do.</summary>
/// <param name="Permissions">What their roles permit now; empty for a system administrator, who needs none.</param>
/// <param name="Roles">Names, in order.</param>
/// <param name="Profile">Null when no role opens it, which happens to end users only.</param>
/// <param name="Organizations">Names, in order, of those the person belongs to and may see; null when no role lets them see any.</param>
/// <param name="AllOrganizations">The person belongs to every organization, also to later ones.</param>
public sealed record OwnAccountDetails(
    Guid Id,
    AccountKind Kind,
    string Name,
    IReadOnlyList<PermittedAct> Permissions,
    IReadOnlyList<string> Roles,
    OwnProfile? Profile,
    IReadOnlyList<string>? Organizations,
    bool AllOrganizations
)
{
    public bool May(PermissionKind permission) => Permissions.Any(held => held.Permission == permission);
}

/// <summary>
/// Reads one's own account. Technicians and system administrators always see their profile; end users see of it what their roles open
/// (the product's rules 38 and 39).
/// </summary>
public sealed class OwnAccount(IDbContextFactory<NinjaIamDbContext> databases)
{
    /// <summary>The account of the actor as it is now, or null when they may not sign in (any more).</summary>
    public async Task<OwnAccountDetails?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == actor.Id, cancellationToken) is not { } person)
        {
            return null;
        }

        if (!person.MaySignIn)
        {
            return null;
        }

        var held = await database.PermissionsOfAsync(actor, cancellationToken);
        var isAdministrator = person.Kind == AccountKind.SystemAdministrator;
        var roles = await (
            from effective in database.EffectiveRoles
            join role in database.Roles on effective.RoleId equals role.Id
            where effective.AccountId == person.Id
            orderby role.NormalizedName
            select role.Name
        ).ToListAsync(cancellationToken);
        return new OwnAccountDetails(
            person.Id,
            person.Kind,
            person.Name,
            isAdministrator ? [] : await NamedAsync(database, person.Kind, held, cancellationToken),
            [.. roles.Distinct()],
            MaySeeProfile(person, held) ? await ProfileAsync(database, person, cancellationToken) : null,
            await OrganizationsAsync(database, person, held, cancellationToken),
            person.AllOrganizations
        );
    }

    /// <summary>Whether somebody may see and edit their own account by what their roles permit.</summary>
    internal static bool MaySeeProfile(User person, HeldPermissions held) =>
        person.Kind != AccountKind.EndUser || held.May(PermissionKind.OwnProfile);

    internal static async Task<string?> DecidingProviderAsync(
        NinjaIamDbContext database,
        User person,
        CancellationToken cancellationToken
    ) =>
        // Whoever became a system administrator is out of SCIM's reach.
        person is { ProviderId: { } id, Kind: not AccountKind.SystemAdministrator }
        && await database.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            is { IsManaging: true } provider
            ? provider.DisplayName
            : null;

    internal static LocalSettings SettingsOf(User person) =>
        new()
        {
            PhoneNumber = person.PhoneNumber ?? "",
            Language = person.Language ?? "",
            TimeZone = person.TimeZone ?? "",
        };

    private static async Task<OwnProfile> ProfileAsync(NinjaIamDbContext database, User person, CancellationToken cancellationToken) =>
        new(
            person.Name,
            person.UserName ?? "",
            person.Email,
            person.GivenName,
            person.FamilyName,
            await DecidingProviderAsync(database, person, cancellationToken),
            SettingsOf(person)
        );

    private static async Task<IReadOnlyList<string>?> OrganizationsAsync(
        NinjaIamDbContext database,
        User person,
        HeldPermissions held,
        CancellationToken cancellationToken
    )
    {
        var permission = person.Kind == AccountKind.EndUser ? PermissionKind.ViewOwnOrganizations : PermissionKind.ViewOrganizations;
        if (!held.May(permission))
        {
            return null;
        }

        var rows = await (
            from link in database.AccountOrganizations
            join organization in database.Organizations on link.OrganizationId equals organization.Id
            where link.AccountId == person.Id
            orderby organization.NormalizedName
            select new { organization.Id, organization.Name }
        ).ToListAsync(cancellationToken);
        return [.. rows.Where(row => held[permission].Holds(row.Id)).Select(row => row.Name)];
    }

    private static async Task<IReadOnlyList<PermittedAct>> NamedAsync(
        NinjaIamDbContext database,
        AccountKind kind,
        HeldPermissions held,
        CancellationToken cancellationToken
    )
    {
        var permissions = Permissions.For(kind).Where(held.May).ToList();
        var ids = permissions.SelectMany(permission => held[permission].Organizations).Distinct().ToList();
        var names = await database
            .Organizations.Where(row => ids.Contains(row.Id))
            .OrderBy(row => row.NormalizedName)
            .Select(row => new { row.Id, row.Name })
            .ToListAsync(cancellationToken);
        return
        [
            .. permissions.Select(permission => new PermittedAct(
                permission,
                held[permission].IsEverywhere,
                [.. names.Where(row => held[permission].Organizations.Contains(row.Id)).Select(row => row.Name)]
            )),
        ];
    }
}
