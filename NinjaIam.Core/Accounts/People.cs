using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Accounts;

public sealed record PeopleFilter
{
    /// <summary>Part of a user name, an email address or a name.</summary>
    public string? Search { get; init; }

    public AccountStatus? Status { get; init; }

    public AccountKind? Kind { get; init; }

    public Guid? ProviderId { get; init; }

    /// <summary>People whom no identity provider manages.</summary>
    public bool ByHand { get; init; }

    /// <summary>Those of them who were added one by one.</summary>
    public bool Manual { get; init; }

    /// <summary>Those of them who came from a file.</summary>
    public bool Imported { get; init; }

    /// <summary>People of this organization, counting those with all organizations.</summary>
    public int? OrganizationId { get; init; }

    /// <summary>Technicians whom no role permits anything.</summary>
    public bool WithoutRole { get; init; }

    /// <summary>Members of this group.</summary>
    public Guid? GroupId { get; init; }
}

/// <param name="ProviderId">Null for somebody kept by hand.</param>
/// <param name="Organizations">Names, in order; empty when <paramref name="AllOrganizations"/> or none.</param>
/// <param name="Roles">Names, in order, of all that the person has in any way.</param>
public sealed record PersonLine(
    Guid Id,
    string UserName,
    string Name,
    string? Email,
    AccountKind Kind,
    AccountStatus Status,
    Guid? ProviderId,
    bool AllOrganizations,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> Roles
)
{
    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? PhoneNumber { get; init; }

    /// <summary>Whether an administrator lets the person in, whatever an identity provider says.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>When the person last signed in (UTC); null when they never did.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether somebody who is kept by hand came from a file.</summary>
    public bool IsImported { get; init; }

    public InvitationState Invitation { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? InvitationAcceptedAt { get; init; }

    public bool HasSecondFactor { get; init; }

    /// <summary>See <see cref="User.PasswordSetAt"/>.</summary>
    public DateTimeOffset? PasswordSetAt { get; init; }

    /// <summary>A technician whom nothing is permitted, because no role says so (the product's rule 39).</summary>
    public bool LacksRole => Kind == AccountKind.Technician && Roles.Count == 0;
}

/// <summary>Everything the portal shows about one person.</summary>
/// <param name="Document">The stored SCIM document, or null for somebody kept by hand.</param>
public sealed record PersonDetails(
    PersonLine Person,
    string? GivenName,
    string? FamilyName,
    string? PhoneNumber,
    bool Blocked,
    bool Active,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeletedAt,
    string? ExternalId,
    DateTimeOffset? Modified,
    long? Version,
    string? Document
)
{
    /// <summary>When an administrator blocked sign-in (UTC), and who.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    public string? BlockedBy { get; init; }

    public AuthenticationKind Authentication { get; init; }

    /// <summary>Until when (UTC) the invitation could or can be accepted; null without one, and once it was.</summary>
    public DateTimeOffset? InvitationExpiresAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? InvitationAcceptedAt { get; init; }

    public bool CanBeInvited { get; init; }

    /// <summary>Whether an administrator can let the person choose a new password.</summary>
    public bool CanResetPassword { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }
}

/// <summary>Reads the people of the installation for the portal, a page at a time.</summary>
public sealed class People(IDbContextFactory<NinjaIamDbContext> databases, PasswordLinks links, TimeProvider clock)
{
    public async Task<Page<PersonLine>> ListAsync(
        Actor actor,
        PeopleFilter filter,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var users = Matching(database, database.Users.AsNoTracking(), filter, clock.GetUtcNow());
        var total = await users.CountAsync(cancellationToken);
        var sorted = (request.SortColumn, request.Descending) switch
        {
            ("email", false) => users.OrderBy(user => user.NormalizedEmail).ThenBy(user => user.Id),
            ("email", true) => users.OrderByDescending(user => user.NormalizedEmail).ThenBy(user => user.Id),
            ("created", false) => users.OrderBy(user => user.CreatedAt).ThenBy(user => user.Id),
            ("created", true) => users.OrderByDescending(user => user.CreatedAt).ThenBy(user => user.Id),
            ("userName", true) => users.OrderByDescending(user => user.NormalizedUserName).ThenBy(user => user.Id),
            _ => users.OrderBy(user => user.NormalizedUserName).ThenBy(user => user.Id),
        };
        var page = await sorted.Skip(request.Skip).Take(request.Rows).ToListAsync(cancellationToken);
        return new Page<PersonLine>(await LinesAsync(database, page, clock.GetUtcNow(), cancellationToken), total);
    }

    public async Task<int> CountAsync(Actor actor, PeopleFilter filter, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Matching(database, database.Users.AsNoTracking(), filter, clock.GetUtcNow()).CountAsync(cancellationToken);
    }

    public async Task<PersonDetails?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return null;
        }

        var resource = await database.Resources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        var line = (await LinesAsync(database, [user], clock.GetUtcNow(), cancellationToken))[0];
        return new PersonDetails(
            line,
            user.GivenName,
            user.FamilyName,
            user.PhoneNumber,
            user.Blocked,
            user.Active,
            user.CreatedAt,
            user.DeletedAt,
            resource?.ExternalId,
            resource?.Modified,
            resource?.Version,
            resource?.Doc
        )
        {
            BlockedAt = user.BlockedAt,
            BlockedBy = user.BlockedBy,
            Authentication = Invitations.AuthenticationOf(user),
            InvitationExpiresAt = user.ProviderId is null ? user.InvitationExpiresAt : null,
            InvitationAcceptedAt = user.InvitationAcceptedAt,
            CanBeInvited = Invitations.CanBeInvited(user),
            CanResetPassword = await links.WhyNotAsync(user, cancellationToken) is null,
            Language = user.Language,
            TimeZone = user.TimeZone,
        };
    }

    /// <summary>Those of <paramref name="users"/> that a filter lets through.</summary>
    internal static IQueryable<User> Matching(NinjaIamDbContext database, IQueryable<User> users, PeopleFilter filter, DateTimeOffset now)
    {
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var key = TextKey.Of(filter.Search.Trim());
            users = users.Where(user => user.SearchKey.Contains(key));
        }

        users = filter.Status switch
        {
            AccountStatus.Blocked => users.Where(user => user.Blocked),
            AccountStatus.Inactive => users.Where(user => !user.Blocked && (!user.Active || user.DeletedAt != null)),
            AccountStatus.Active => users.Where(user =>
                !user.Blocked && user.Active && user.DeletedAt == null && (user.ProviderId != null || user.InvitationExpiresAt == null)
            ),
            AccountStatus.Invited => Invited(users).Where(user => user.InvitationExpiresAt > now),
            AccountStatus.InvitationExpired => Invited(users).Where(user => user.InvitationExpiresAt <= now),
            _ => users,
        };
        if (filter.Kind is { } kind)
        {
            users = users.Where(user => user.Kind == kind);
        }

        if (filter.ProviderId is { } provider)
        {
            users = users.Where(user => user.ProviderId == provider);
        }

        if (filter.ByHand)
        {
            users = users.Where(user => user.ProviderId == null);
        }

        if (filter.Manual)
        {
            users = users.Where(user => user.ProviderId == null && user.ImportedAt == null);
        }

        if (filter.Imported)
        {
            users = users.Where(user => user.ProviderId == null && user.ImportedAt != null);
        }

        if (filter.OrganizationId is { } organization)
        {
            var links = database.AccountOrganizations;
            users = users.Where(user =>
                user.AllOrganizations || links.Any(link => link.AccountId == user.Id && link.OrganizationId == organization)
            );
        }

        if (filter.WithoutRole)
        {
            var effective = database.EffectiveRoles;
            users = users.Where(user =>
                user.Kind == AccountKind.Technician && !effective.Any(row => row.Kind == AccountKind.Technician && row.AccountId == user.Id)
            );
        }

        if (filter.GroupId is { } groupId)
        {
            var resources = database.Resources;
            var members =
                from member in database.Members
                join person in resources on member.MemberSeq equals person.Seq
                join owner in resources on member.GroupSeq equals owner.Seq
                where owner.Id == groupId
                select person.Id;
            users = users.Where(user => members.Contains(user.Id));
        }

        return users;
    }

    /// <summary>People as lists show them; a few statements however many they are.</summary>
    internal static async Task<List<PersonLine>> LinesAsync(
        NinjaIamDbContext database,
        List<User> users,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var ids = users.Select(user => user.Id).ToList();
        var organizations = await (
            from link in database.AccountOrganizations
            join organization in database.Organizations on link.OrganizationId equals organization.Id
            where ids.Contains(link.AccountId)
            orderby organization.NormalizedName
            select new { link.AccountId, organization.Name }
        ).ToListAsync(cancellationToken);
        var names = organizations.ToLookup(row => row.AccountId, row => row.Name);
        var held = await (
            from effective in database.EffectiveRoles
            join role in database.Roles on effective.RoleId equals role.Id
            where ids.Contains(effective.AccountId)
            orderby role.NormalizedName
            select new { effective.AccountId, role.Name }
        ).ToListAsync(cancellationToken);
        var roles = held.ToLookup(row => row.AccountId, row => row.Name);
        var signIns = await (
            from session in database.Sessions
            where ids.Contains(session.AccountId)
            group session by session.AccountId into own
            select new { AccountId = own.Key, At = own.Max(session => session.CreatedAt) }
        ).ToDictionaryAsync(row => row.AccountId, row => row.At, cancellationToken);
        return users.ConvertAll(user => new PersonLine(
            user.Id,
            user.UserName ?? "",
            user.Name,
            user.Email,
            user.Kind,
            StatusOf(user, now),
            user.ProviderId,
            user.AllOrganizations,
            user.AllOrganizations ? [] : [.. names[user.Id]],
            [.. roles[user.Id].Distinct()]
        )
        {
            GivenName = user.GivenName,
            FamilyName = user.FamilyName,
            PhoneNumber = user.PhoneNumber,
            IsEnabled = !user.Blocked,
            LastSignInAt = signIns.TryGetValue(user.Id, out var at) ? at : null,
            CreatedAt = user.CreatedAt,
            IsImported = user is { ProviderId: null, ImportedAt: not null },
            Invitation = Invitations.StateOf(user, now),
            InvitationAcceptedAt = user.InvitationAcceptedAt,
            HasSecondFactor = user.TwoFactorEnabled,
            PasswordSetAt = user.PasswordSetAt,
        });
    }

    private static IQueryable<User> Invited(IQueryable<User> users) =>
        users.Where(user =>
            !user.Blocked && user.Active && user.DeletedAt == null && user.ProviderId == null && user.InvitationExpiresAt != null
        );

    internal static AccountStatus StatusOf(User user, DateTimeOffset now) =>
        user.Blocked ? AccountStatus.Blocked
        : !user.MaySignIn ? AccountStatus.Inactive
        : Invitations.StateOf(user, now) switch
        {
            InvitationState.Pending => AccountStatus.Invited,
            InvitationState.Expired => AccountStatus.InvitationExpired,
            _ => AccountStatus.Active,
        };
}
