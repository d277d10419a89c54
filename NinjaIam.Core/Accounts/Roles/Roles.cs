using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>The roles of technicians and of end users, and who has them by hand. There is none for system administrators.</summary>
public sealed class Roles(IWritePath writePath, IDbContextFactory<NinjaIamDbContext> databases, ChangeJournal journal)
{
    private static readonly Refusal NoRole = new(RefusalKind.NotFound, "This role does not exist any more.");
    private static readonly Refusal NoPerson = new(RefusalKind.NotFound, "This person does not exist any more.");
    private static readonly Refusal Stale = new(RefusalKind.Stale, "Somebody else changed this role meanwhile. Reload to see the change.");
    private static readonly Refusal Taken = new(
        RefusalKind.AlreadyTaken,
        "Another role has this name. Choose a different one.",
        nameof(RoleInput.Name)
    );

    public async Task<Page<RoleLine>> ListAsync(
        Actor actor,
        AccountKind kind,
        string? search,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = database.Roles.AsNoTracking().Where(role => role.Kind == kind);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var key = TextKey.Of(search.Trim());
            rows = rows.Where(role => role.NormalizedName.Contains(key));
        }

        var total = await rows.CountAsync(cancellationToken);
        var (permissions, effective) = (database.RolePermissions, database.EffectiveRoles);
        var lines = rows.Select(role => new
        {
            role.Id,
            role.Kind,
            role.Name,
            role.NormalizedName,
            role.Description,
            Permissions = permissions.Count(row => row.RoleId == role.Id),
            People = effective.Where(row => row.RoleId == role.Id).Select(row => row.AccountId).Distinct().Count(),
        });
        var sorted = (request.SortColumn, request.Descending) switch
        {
            ("people", false) => lines.OrderBy(row => row.People).ThenBy(row => row.NormalizedName),
            ("people", true) => lines.OrderByDescending(row => row.People).ThenBy(row => row.NormalizedName),
            (_, true) => lines.OrderByDescending(row => row.NormalizedName),
            _ => lines.OrderBy(row => row.NormalizedName),
        };
        var items = await sorted
            .Skip(request.Skip)
            .Take(request.Rows)
            .Select(row => new RoleLine(row.Id, row.Kind, row.Name, row.Description, row.Permissions, row.People))
            .ToListAsync(cancellationToken);
        return new Page<RoleLine>(items, total);
    }

    /// <summary>The roles of a kind, by name.</summary>
    public async Task<IReadOnlyList<RoleChoice>> ChoicesAsync(Actor actor, AccountKind kind, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database
            .Roles.Where(role => role.Kind == kind)
            .OrderBy(role => role.NormalizedName)
            .Select(role => new RoleChoice(role.Id, role.Name))
            .ToListAsync(cancellationToken);
    }

    public async Task<RoleDetails?> FindAsync(Actor actor, int id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Roles.AsNoTracking().SingleOrDefaultAsync(role => role.Id == id, cancellationToken) is not { } role)
        {
            return null;
        }

        var count = await database
            .EffectiveRoles.Where(row => row.RoleId == id)
            .Select(row => row.AccountId)
            .Distinct()
            .CountAsync(cancellationToken);
        return new RoleDetails(id, role.Kind, await InputOfAsync(database, role, cancellationToken), count);
    }

    /// <summary>
    /// The roles of a person by name, with every reason for each. Those of another kind than the person's do not count and are left out.
    /// </summary>
    public async Task<IReadOnlyList<PersonRole>> OfPersonAsync(Actor actor, Guid account, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var byHand = await (
            from grant in database.RoleGrants
            join role in database.Roles on grant.RoleId equals role.Id
            join user in database.Users on grant.AccountId equals user.Id
            where grant.AccountId == account && user.Kind == role.Kind
            select new
            {
                role.Id,
                role.Name,
                role.NormalizedName,
                grant,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var mapped = await (
            from effective in database.EffectiveRoles
            join mapping in database.RoleMappings on effective.MappingId equals mapping.Id
            join role in database.Roles on effective.RoleId equals role.Id
            where effective.AccountId == account
            select new
            {
                role.Id,
                role.Name,
                role.NormalizedName,
                effective.Route,
                mapping,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var groupIds = mapped.Select(row => row.mapping.GroupId).ToList();
        var groups = (
            await database.Resources.AsNoTracking().Where(row => groupIds.Contains(row.Id)).ToListAsync(cancellationToken)
        ).ToDictionary(row => row.Id, row => JsonNode.Parse(row.Doc)?["displayName"]?.GetValue<string>());
        return
        [
            .. byHand
                .Select(row =>
                    (
                        row.Id,
                        row.Name,
                        row.NormalizedName,
                        Reason: new RoleReason(
                            RoleRoute.ByHand,
                            row.grant.GrantedBy,
                            row.grant.GrantedAt,
                            WaitingSince: row.grant.WaitingSince
                        )
                    )
                )
                .Concat(
                    mapped.Select(row =>
                        (
                            row.Id,
                            row.Name,
                            row.NormalizedName,
                            Reason: new RoleReason(
                                row.Route,
                                row.mapping.CreatedBy,
                                row.mapping.CreatedAt,
                                row.mapping.GroupId,
                                row.mapping.GroupId is { } group ? groups.GetValueOrDefault(group) : null,
                                row.mapping.Attribute,
                                row.mapping.Value
                            )
                        )
                    )
                )
                .GroupBy(row => (row.Id, row.Name, row.NormalizedName))
                .OrderBy(rows => rows.Key.NormalizedName, StringComparer.Ordinal)
                .Select(rows => new PersonRole(rows.Key.Id, rows.Key.Name, [.. rows.Select(row => row.Reason)])),
        ];
    }

    /// <param name="kind">Technician or end user.</param>
    public Task<Outcome<int>> CreateAsync(AccountKind kind, RoleInput input, Origin origin, CancellationToken cancellationToken) =>
        SaveAsync(
            kind,
            input,
            origin,
            async scope =>
            {
                var role = new Role
                {
                    Kind = kind,
                    Name = input.Name.Trim(),
                    NormalizedName = TextKey.Of(input.Name.Trim()),
                    Description = TextOrNull(input.Description),
                    CreatedAt = scope.Now,
                };
                scope.Database.Roles.Add(role);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await PermitAsync(scope, role.Id, input.Permissions);
                await AppendAsync(scope, origin, JournalKind.RoleCreated, role, ChangesBetween(new RoleInput(), input));
                return role.Id;
            },
            except: null,
            cancellationToken
        );

    /// <param name="before">What the change was made on; anything else refuses with <see cref="RefusalKind.Stale"/>.</param>
    public async Task<Outcome<int>> ChangeAsync(
        int id,
        RoleInput input,
        RoleInput before,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);

        // The kind of a role never changes.
        if (await database.Roles.AsNoTracking().SingleOrDefaultAsync(role => role.Id == id, cancellationToken) is not { } known)
        {
            return NoRole;
        }

        return await SaveAsync(
            known.Kind,
            input,
            origin,
            async scope =>
            {
                if (await scope.Database.Roles.FindAsync([id], CancellationToken.None) is not { } role)
                {
                    return NoRole;
                }

                var held = await InputOfAsync(scope.Database, role, CancellationToken.None);
                if (ChangesBetween(held, before).Count > 0)
                {
                    return Stale;
                }

                var changes = ChangesBetween(held, input);
                if (changes.Count > 0)
                {
                    if (await scope.RefuseWithoutStepUpAsync(origin) is { } refusal)
                    {
                        return refusal;
                    }

                    role.Name = input.Name.Trim();
                    role.NormalizedName = TextKey.Of(role.Name);
                    role.Description = TextOrNull(input.Description);
                    await scope.Database.SaveChangesAsync(CancellationToken.None);
                    await scope.Database.RolePermissions.Where(row => row.RoleId == id).ExecuteDeleteAsync(CancellationToken.None);
                    await PermitAsync(scope, id, input.Permissions);
                    await AppendAsync(scope, origin, JournalKind.RoleChanged, role, changes);
                }

                return id;
            },
            except: id,
            cancellationToken
        );
    }

    /// <summary>Removes a role that nobody has by hand and no mapping gives any more.</summary>
    public Task<Outcome<Completed>> DeleteAsync(int id, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (await scope.Database.Roles.FindAsync([id], CancellationToken.None) is not { } role)
                {
                    return NoRole;
                }

                var people = await scope.Database.RoleGrants.CountAsync(grant => grant.RoleId == id, CancellationToken.None);
                if (people > 0)
                {
                    return new Refusal(
                        RefusalKind.NotAllowed,
                        people == 1
                            ? "One person has this role. Take it away from them first."
                            : $"{people} people have this role. Take it away from them first."
                    );
                }

                var mappings = await scope.Database.RoleMappings.CountAsync(row => row.RoleId == id, CancellationToken.None);
                if (mappings > 0)
                {
                    return new Refusal(
                        RefusalKind.NotAllowed,
                        mappings == 1
                            ? "One mapping of an identity provider gives this role. Remove it there first."
                            : $"{mappings} mappings of identity providers give this role. Remove them there first."
                    );
                }

                scope.Database.Roles.Remove(role);
                await scope.Database.SaveChangesAsync(CancellationToken.None);
                await AppendAsync(scope, origin, JournalKind.RoleDeleted, role, []);
                return new Completed();
            },
            cancellationToken
        );

    /// <summary>
    /// Gives a person a role of their kind. Giving it again is no change, unless it waits since the person was deleted: then it counts again.
    /// </summary>
    public Task<Outcome<Completed>> GiveAsync(Guid account, int role, Origin origin, CancellationToken cancellationToken) =>
        GrantAsync(account, role, isGiven: true, origin, cancellationToken);

    /// <summary>Takes a role away that was given by hand. Taking what somebody does not have is no change.</summary>
    public Task<Outcome<Completed>> TakeAsync(Guid account, int role, Origin origin, CancellationToken cancellationToken) =>
        GrantAsync(account, role, isGiven: false, origin, cancellationToken);

    private Task<Outcome<Completed>> GrantAsync(Guid account, int id, bool isGiven, Origin origin, CancellationToken cancellationToken) =>
        writePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                var database = scope.Database;
                if (await database.Roles.FindAsync([id], CancellationToken.None) is not { } role)
                {
                    return NoRole;
                }

                if (await database.Users.SingleOrDefaultAsync(user => user.Id == account, CancellationToken.None) is not { } person)
                {
                    return NoPerson;
                }

                var held = await database.RoleGrants.FindAsync([account, id], CancellationToken.None);
                if (held is not null == isGiven && held?.WaitingSince is null)
                {
                    return new Completed();
                }

                if (isGiven && held is not null)
                {
                    (held.GrantedBy, held.GrantedAt, held.WaitingSince) = (origin.Actor.Name, scope.Now, null);
                }
                else if (held is not null)
                {
                    database.RoleGrants.Remove(held);
                }
                else if (person.Kind != role.Kind)
                {
                    return new Refusal(RefusalKind.NotAllowed, $"{role.Name} is no role for this kind of person. Choose another one.");
                }
                else
                {
                    database.RoleGrants.Add(
                        new RoleGrant
                        {
                            AccountId = account,
                            RoleId = id,
                            GrantedBy = origin.Actor.Name,
                            GrantedAt = scope.Now,
                        }
                    );
                }

                await database.SaveChangesAsync(CancellationToken.None);
                await journal.AppendAsync(
                    scope,
                    origin,
                    new JournalEntry(isGiven ? JournalKind.RoleGiven : JournalKind.RoleTaken)
                    {
                        ProviderId = person.ProviderId,
                        ResourceType = "User",
                        ResourceId = account.ToString("D"),
                        Subject = person.Name,
                        Changes = [new ChangedValue("role", isGiven ? null : role.Name, isGiven ? role.Name : null)],
                    },
                    ChangeTopic.Users
                );
                return new Completed();
            },
            cancellationToken
        );

    private async Task<Outcome<int>> SaveAsync(
        AccountKind kind,
        RoleInput input,
        Origin origin,
        Func<WriteScope, Task<Outcome<int>>> save,
        int? except,
        CancellationToken cancellationToken
    )
    {
        var validation = await new RoleInputValidator().ValidateAsync(input, cancellationToken);
        if (!validation.IsValid)
        {
            return new Refusal(RefusalKind.InvalidValue, validation.Errors[0].ErrorMessage, validation.Errors[0].PropertyName);
        }

        var possible = Permissions.For(kind);
        if (input.Permissions.Any(each => !possible.Contains(each.Permission)))
        {
            return new Refusal(RefusalKind.InvalidValue, "A role of this kind cannot permit all of this.", nameof(RoleInput.Permissions));
        }

        var key = TextKey.Of(input.Name.Trim());
        return await writePath.RunAsync(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } refusal)
                {
                    return refusal;
                }

                if (
                    await scope.Database.Roles.AnyAsync(
                        role => role.Kind == kind && role.NormalizedName == key && role.Id != except,
                        CancellationToken.None
                    )
                )
                {
                    return Taken;
                }

                var named = input.Permissions.SelectMany(each => each.AllOrganizations ? [] : each.Organizations).Distinct().ToList();
                var known = await scope.Database.Organizations.CountAsync(row => named.Contains(row.Id), CancellationToken.None);
                return known == named.Count
                    ? await save(scope)
                    : new Refusal(
                        RefusalKind.NotFound,
                        "One of these organizations does not exist any more.",
                        nameof(RoleInput.Permissions)
                    );
            },
            cancellationToken
        );
    }

    private static async Task PermitAsync(WriteScope scope, int role, IReadOnlyList<PermissionInput> permissions)
    {
        foreach (var each in permissions)
        {
            var isEverywhere = each.AllOrganizations || !Permissions.HasScope(each.Permission);
            scope.Database.RolePermissions.Add(
                new PermissionOfRole
                {
                    RoleId = role,
                    Permission = each.Permission,
                    AllOrganizations = isEverywhere,
                }
            );
            scope.Database.RolePermissionOrganizations.AddRange(
                (isEverywhere ? [] : each.Organizations.Distinct()).Select(organization => new RolePermissionOrganization
                {
                    RoleId = role,
                    Permission = each.Permission,
                    OrganizationId = organization,
                })
            );
        }

        await scope.Database.SaveChangesAsync(CancellationToken.None);
    }

    private static async Task<RoleInput> InputOfAsync(NinjaIamDbContext database, Role role, CancellationToken cancellationToken)
    {
        var permissions = await database
            .RolePermissions.AsNoTracking()
            .Where(row => row.RoleId == role.Id)
            .OrderBy(row => row.Permission)
            .ToListAsync(cancellationToken);
        var organizations = (
            await database.RolePermissionOrganizations.AsNoTracking().Where(row => row.RoleId == role.Id).ToListAsync(cancellationToken)
        ).ToLookup(row => row.Permission, row => row.OrganizationId);
        return new RoleInput
        {
            Name = role.Name,
            Description = role.Description ?? "",
            Permissions =
            [
                .. permissions.Select(row => new PermissionInput(
                    row.Permission,
                    row.AllOrganizations,
                    [.. organizations[row.Permission].Order()]
                )),
            ],
        };
    }

    private static List<ChangedValue> ChangesBetween(RoleInput before, RoleInput after)
    {
        var changes = new List<ChangedValue>();
        Add("name", TextOrNull(before.Name), TextOrNull(after.Name));
        Add("description", TextOrNull(before.Description), TextOrNull(after.Description));
        foreach (var permission in Enum.GetValues<PermissionKind>())
        {
            Add($"permission.{permission}", WhereOf(before, permission), WhereOf(after, permission));
        }

        return changes;

        void Add(string attribute, string? old, string? now)
        {
            if (old != now)
            {
                changes.Add(new ChangedValue(attribute, old, now));
            }
        }
    }

    private static string? WhereOf(RoleInput input, PermissionKind permission) =>
        input.Permissions.FirstOrDefault(each => each.Permission == permission) switch
        {
            null => null,
            { AllOrganizations: true } => "All",
            var each when !Permissions.HasScope(each.Permission) => "All",
            var each => string.Join(", ", each.Organizations.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture))),
        };

    private Task AppendAsync(WriteScope scope, Origin origin, string kind, Role role, IReadOnlyList<ChangedValue> changes) =>
        journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(kind)
            {
                ResourceType = "Role",
                ResourceId = role.Id.ToString(CultureInfo.InvariantCulture),
                Subject = role.Name,
                Changes = changes,
            },
            ChangeTopic.Roles
        );

    private static string? TextOrNull(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
