using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Accounts.Roles;

/// <summary>Which groups, or values of which attributes, of an identity provider give which roles (the product's rules 35 and 36).</summary>
public sealed class RoleMappings(
    IWritePath writePath,
    IDbContextFactory<NinjaIamDbContext> databases,
    IReadSessions sessions,
    ChangeJournal journal,
    SchemaRegistry schemas
)
{
    public const int LongestValue = 500;

    private static readonly Refusal NoRole = new(RefusalKind.NotFound, "One of these roles does not exist any more.");
    private static readonly Refusal NoGroup = new(RefusalKind.NotFound, "One of these groups does not exist any more.");
    private static readonly Refusal NoMapping = new(
        RefusalKind.Stale,
        "Somebody else changed these mappings meanwhile. Reload to see the change."
    );
    private static readonly Refusal Twice = new(RefusalKind.AlreadyTaken, "One of these mappings exists already. Reload to see it.");

    /// <summary>What a mapping would be while it is only wanted: <see cref="RoleRoutes.ByMappings"/> takes it for the table.</summary>
    private const string Wanted = """
        (SELECT 0 AS "Id", $provider AS "ProviderId", json_extract(v.value, '$.role') AS "RoleId",
            unhex(json_extract(v.value, '$.group')) AS "GroupId", json_extract(v.value, '$.attribute') AS "Attribute",
            json_extract(v.value, '$.list') AS "ListPath", json_extract(v.value, '$.path') AS "ValuePath",
            json_extract(v.value, '$.value') AS "Value" FROM json_each($added) v)
        """;

    private static readonly string Sets = $"""
        WITH now AS (SELECT DISTINCT "AccountId" FROM {RoleRoutes.View} WHERE "RoleId" = $role),
        later AS (
            SELECT "AccountId" FROM {RoleRoutes.View} WHERE "RoleId" = $role
                AND ("MappingId" IS NULL OR "MappingId" NOT IN (SELECT value FROM json_each($removed)))
            UNION SELECT "AccountId" FROM ({RoleRoutes.ByMappings(Wanted)}) WHERE "RoleId" = $role),
        gaining AS (SELECT "AccountId" FROM later EXCEPT SELECT "AccountId" FROM now),
        losing AS (SELECT "AccountId" FROM now EXCEPT SELECT "AccountId" FROM later)
        """;

    private static readonly string CountEffects = $"""
        {Sets}
        SELECT (SELECT COUNT(*) FROM gaining), (SELECT COUNT(*) FROM losing), (
            SELECT COUNT(DISTINCT "AccountId") FROM ({RoleRoutes.ByMappings(Wanted, "<>")}) WHERE "RoleId" = $role)
        """;

    /// <summary>The attributes whose values can stand for roles.</summary>
    public IReadOnlyList<MappableValue> Attributes { get; } = MappableValue.Of(schemas);

    /// <summary>The groups of a provider by name, or by <c>members</c>, with the roles they give.</summary>
    public async Task<Page<MappedGroup>> ListGroupsAsync(
        Actor actor,
        Guid provider,
        MappedGroupFilter filter,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        const string From = """
            FROM resources g WHERE g.provider = $provider AND g.type = 'Group'
                AND (g.deleted_at IS NULL OR EXISTS (SELECT 1 FROM role_mappings m WHERE m."GroupId" = g.id))
                AND ($search IS NULL OR instr(g.name_key, $search) > 0)
                AND ($mapped IS NULL OR $mapped = EXISTS (SELECT 1 FROM role_mappings m WHERE m."GroupId" = g.id))
            """;
        (string, object?)[] parameters =
        [
            ("$provider", provider),
            ("$search", string.IsNullOrWhiteSpace(filter.Search) ? null : TextKey.Of(filter.Search.Trim())),
            ("$mapped", filter.IsMapped),
        ];
        await using var session = await sessions.OpenReaderAsync(cancellationToken);
        await using var count = session.Statement($"SELECT COUNT(*) {From}", parameters);
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        var direction = request.Descending ? "DESC" : "ASC";
        var order = request.SortColumn == "members" ? $"members {direction}, g.name_key, g.seq" : $"g.name_key {direction}, g.seq";
        await using var statement = session.Statement(
            $"""
            SELECT g.id, COALESCE(json_extract(g.doc, '$.displayName'), ''), g.deleted_at IS NOT NULL,
                (SELECT COUNT(*) FROM members m WHERE m.group_seq = g.seq) AS members
            {From} ORDER BY {order} LIMIT $take OFFSET $skip
            """,
            [.. parameters, ("$take", request.Rows), ("$skip", request.Skip)]
        );
        var groups = new List<(Guid Id, string Name, bool IsDeleted, int Members)>();
        await using (var rows = await statement.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                groups.Add((rows.GetId(0), rows.GetString(1), rows.GetBoolean(2), rows.GetInt32(3)));
            }
        }

        var ids = groups.Select(group => (Guid?)group.Id).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var mapped = (
            await MappedAsync(database, database.RoleMappings.Where(row => ids.Contains(row.GroupId)), cancellationToken)
        ).ToLookup(row => row.Mapping.GroupId, row => row.Role);
        return new Page<MappedGroup>(
            groups.ConvertAll(group => new MappedGroup(group.Id, group.Name, group.Members, group.IsDeleted, [.. mapped[group.Id]])),
            total
        );
    }

    /// <summary>The values of attributes that give roles, by attribute and value.</summary>
    public async Task<IReadOnlyList<MappedValue>> ListValuesAsync(Actor actor, Guid provider, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var mapped = await MappedAsync(
            database,
            database.RoleMappings.Where(row => row.ProviderId == provider && row.Attribute != null),
            cancellationToken
        );
        var ids = mapped.Select(row => (int?)row.Role.MappingId).ToList();
        var people = await database
            .EffectiveRoles.Where(row => ids.Contains(row.MappingId))
            .GroupBy(row => row.MappingId)
            .Select(rows => new { rows.Key, Count = rows.Count() })
            .ToDictionaryAsync(row => row.Key!.Value, row => row.Count, cancellationToken);
        return
        [
            .. mapped
                .OrderBy(row => row.Mapping.Attribute, StringComparer.Ordinal)
                .ThenBy(row => row.Mapping.Value, StringComparer.OrdinalIgnoreCase)
                .Select(row => new MappedValue(
                    row.Mapping.Attribute!,
                    row.Mapping.Value!,
                    row.Role,
                    people.GetValueOrDefault(row.Role.MappingId)
                )),
        ];
    }

    /// <summary>What the changes would mean, role by role, without doing anything. Only roles that are named in them can change.</summary>
    public async Task<Outcome<MappingPreview>> PreviewAsync(
        Actor actor,
        Guid provider,
        MappingChanges changes,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await RefuseAsync(database, provider, changes, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return new MappingPreview(await EffectsAsync(provider, changes, cancellationToken));
    }

    /// <summary>Who would get the role by the changes, or lose it, by user name.</summary>
    public async Task<Page<AffectedPerson>> ListAffectedAsync(
        Actor actor,
        Guid provider,
        MappingChanges changes,
        int role,
        bool gaining,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        var affected = gaining ? "gaining" : "losing";
        await using var session = await sessions.OpenReaderAsync(cancellationToken);
        await using var count = session.Statement($"{Sets} SELECT COUNT(*) FROM {affected}", Parameters(provider, changes, role));
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        await using var statement = session.Statement(
            $"""
            {Sets} SELECT a."Id", a."DisplayName", a."GivenName", a."FamilyName", a."UserName"
            FROM {affected} f JOIN accounts a ON a."Id" = f."AccountId" ORDER BY a."NormalizedUserName", a."Id" LIMIT $take OFFSET $skip
            """,
            [.. Parameters(provider, changes, role), ("$take", request.Rows), ("$skip", request.Skip)]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var people = new List<AffectedPerson>();
        while (await rows.ReadAsync())
        {
            var userName = rows.GetText(4) ?? "";
            people.Add(
                new AffectedPerson(rows.GetId(0), AccountName.Of(rows.GetText(1), rows.GetText(2), rows.GetText(3), userName), userName)
            );
        }

        return new Page<AffectedPerson>(people, total);
    }

    /// <summary>
    /// Saves the changes if they still mean what was looked at. Otherwise nothing is saved, and the answer holds the figures as they are now.
    /// </summary>
    /// <param name="seen">The effects that were shown; null saves whatever it means, for what is put back.</param>
    public async Task<Outcome<MappingSave>> SaveAsync(
        Guid provider,
        MappingChanges changes,
        IReadOnlyList<RoleEffect>? seen,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        if (seen is not null)
        {
            var preview = await PreviewAsync(origin.Actor, provider, changes, cancellationToken);
            if (preview.RefusalOrNull() is { } impossible)
            {
                return impossible;
            }

            var effects = preview.Match(now => now.Effects, _ => []);
            if (!effects.SequenceEqual(seen))
            {
                return new MappingSave(null, effects);
            }
        }

        return await writePath.RunAsync<Outcome<MappingSave>>(
            async scope =>
            {
                if (await scope.RefuseOthersAsync(origin) is { } notAllowed)
                {
                    return notAllowed;
                }

                return await RefuseAsync(scope.Database, provider, changes, CancellationToken.None) is { } refusal
                    ? refusal
                    : new MappingSave(await WriteAsync(scope, provider, changes, origin), null);
            },
            cancellationToken
        );
    }

    private async Task<MappingChanges> WriteAsync(WriteScope scope, Guid provider, MappingChanges changes, Origin origin)
    {
        var database = scope.Database;
        var removed = await database.RoleMappings.Where(row => changes.Removed.Contains(row.Id)).ToListAsync(CancellationToken.None);
        var added = changes
            .Added.Select(wanted =>
            {
                var attribute = Attributes.FirstOrDefault(each => each.Name == wanted.Attribute);
                return new RoleMapping
                {
                    ProviderId = provider,
                    RoleId = wanted.RoleId,
                    GroupId = wanted.GroupId,
                    Attribute = attribute?.Name,
                    ListPath = attribute?.ListPath,
                    ValuePath = attribute?.ValuePath,
                    Value = wanted.Value?.Trim(),
                    CreatedBy = origin.Actor.Name,
                    CreatedAt = scope.Now,
                };
            })
            .ToList();
        database.RoleMappings.RemoveRange(removed);
        database.RoleMappings.AddRange(added);
        await database.SaveChangesAsync(CancellationToken.None);
        await JournalAsync(scope, provider, added, removed, origin);
        return new MappingChanges(
            [.. removed.Select(row => new NewMapping(row.RoleId, row.GroupId, row.Attribute, row.Value))],
            [.. added.Select(row => row.Id)]
        );
    }

    private async Task JournalAsync(WriteScope scope, Guid provider, List<RoleMapping> added, List<RoleMapping> removed, Origin origin)
    {
        if (added.Count + removed.Count == 0)
        {
            return;
        }

        var database = scope.Database;
        var all = added.Concat(removed).ToList();
        var roleIds = all.Select(row => row.RoleId).Distinct().ToList();
        var roles = await database.Roles.Where(role => roleIds.Contains(role.Id)).ToDictionaryAsync(role => role.Id, role => role.Name);
        var groupIds = all.Where(row => row.GroupId is not null).Select(row => row.GroupId!.Value).Distinct().ToList();
        var groups = (await database.Resources.AsNoTracking().Where(row => groupIds.Contains(row.Id)).ToListAsync()).ToDictionary(
            row => row.Id,
            row => JsonNode.Parse(row.Doc)?["displayName"]?.GetValue<string>()
        );
        await using var named = scope.Statement(
            """SELECT "UniqueIdentifier", "DisplayName" FROM providers WHERE "Id" = $provider""",
            ("$provider", provider)
        );
        await using var names = await named.ExecuteReaderAsync();
        await names.ReadAsync();
        await journal.AppendAsync(
            scope,
            origin,
            new JournalEntry(JournalKind.RoleMappingsChanged)
            {
                ProviderId = provider,
                ResourceType = "Provider",
                ResourceId = names.GetString(0),
                Subject = names.GetString(1),
                Changes =
                [
                    .. removed.Select(row => new ChangedValue(SourceOf(row), roles[row.RoleId], null)),
                    .. added.Select(row => new ChangedValue(SourceOf(row), null, roles[row.RoleId])),
                ],
            },
            ChangeTopic.Roles
        );

        string SourceOf(RoleMapping row) =>
            row.GroupId is { } group ? groups.GetValueOrDefault(group) ?? group.ToString("D") : $"{row.Attribute} = {row.Value}";
    }

    private async Task<IReadOnlyList<RoleEffect>> EffectsAsync(Guid provider, MappingChanges changes, CancellationToken cancellationToken)
    {
        List<Role> roles;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            var named = changes.Added.Select(each => each.RoleId).ToList();
            var removed = database.RoleMappings.Where(row => changes.Removed.Contains(row.Id)).Select(row => row.RoleId);
            roles = await database
                .Roles.AsNoTracking()
                .Where(role => named.Contains(role.Id) || removed.Contains(role.Id))
                .OrderBy(role => role.NormalizedName)
                .ToListAsync(cancellationToken);
        }

        await using var session = await sessions.OpenReaderAsync(cancellationToken);
        session.BeginSnapshot();
        var effects = new List<RoleEffect>();
        foreach (var role in roles)
        {
            // Each role has the whole deadline: there may be a million people in a group.
            session.RestartDeadline();
            await using var statement = session.Statement(CountEffects, Parameters(provider, changes, role.Id));
            await using var rows = await statement.ExecuteReaderAsync();
            await rows.ReadAsync();
            effects.Add(new RoleEffect(role.Id, role.Name, role.Kind, rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2)));
        }

        return effects;
    }

    private (string, object?)[] Parameters(Guid provider, MappingChanges changes, int role) =>
        [
            ("$provider", provider),
            ("$role", role),
            (
                "$added",
                JsonSerializer.Serialize(
                    changes.Added.Select(each =>
                    {
                        var attribute = Attributes.FirstOrDefault(known => known.Name == each.Attribute);
                        return new
                        {
                            role = each.RoleId,
                            group = each.GroupId is { } group ? Convert.ToHexString(group.ToByteArray(bigEndian: true)) : null,
                            attribute = attribute?.Name,
                            list = attribute?.ListPath,
                            path = attribute?.ValuePath,
                            value = each.Value?.Trim(),
                        };
                    })
                )
            ),
            ("$removed", JsonSerializer.Serialize(changes.Removed)),
        ];

    private async Task<Refusal?> RefuseAsync(
        NinjaIamDbContext database,
        Guid provider,
        MappingChanges changes,
        CancellationToken cancellationToken
    )
    {
        foreach (var each in changes.Added)
        {
            if (each.GroupId is null == each.Attribute is null)
            {
                return new Refusal(RefusalKind.InvalidValue, "Choose a group, or an attribute and its value.");
            }

            if (each.Attribute is { } name && Attributes.All(known => known.Name != name))
            {
                return new Refusal(RefusalKind.InvalidValue, "Choose one of the attributes of the list.", nameof(NewMapping.Attribute));
            }

            if (each.Attribute is not null && each.Value?.Trim() is not { Length: > 0 and <= LongestValue })
            {
                return new Refusal(
                    RefusalKind.InvalidValue,
                    $"Enter the value, of at most {LongestValue} characters.",
                    nameof(NewMapping.Value)
                );
            }
        }

        var roleIds = changes.Added.Select(each => each.RoleId).Distinct().ToList();
        if (await database.Roles.CountAsync(role => roleIds.Contains(role.Id), cancellationToken) != roleIds.Count)
        {
            return NoRole;
        }

        var groupIds = changes.Added.Where(each => each.GroupId is not null).Select(each => each.GroupId!.Value).Distinct().ToList();
        var groups = await database.Resources.CountAsync(
            row => groupIds.Contains(row.Id) && row.Provider == provider && row.Type == "Group" && row.DeletedAt == null,
            cancellationToken
        );
        if (groups != groupIds.Count)
        {
            return NoGroup;
        }

        var held = await database.RoleMappings.AsNoTracking().Where(row => row.ProviderId == provider).ToListAsync(cancellationToken);
        if (changes.Removed.Any(id => held.All(row => row.Id != id)))
        {
            return NoMapping;
        }

        var kept = held.Where(row => !changes.Removed.Contains(row.Id))
            .Select(row => KeyOf(row.RoleId, row.GroupId, row.Attribute, row.Value))
            .ToHashSet();
        return changes.Added.All(each => kept.Add(KeyOf(each.RoleId, each.GroupId, each.Attribute, each.Value))) ? null : Twice;
    }

    private static (int, Guid?, string?, string?) KeyOf(int role, Guid? group, string? attribute, string? value) =>
        (role, group, attribute, value?.Trim().ToUpperInvariant());

    private static async Task<List<(RoleMapping Mapping, MappedRole Role)>> MappedAsync(
        NinjaIamDbContext database,
        IQueryable<RoleMapping> mappings,
        CancellationToken cancellationToken
    )
    {
        var rows = await (
            from mapping in mappings
            join role in database.Roles on mapping.RoleId equals role.Id
            orderby role.NormalizedName, role.Kind
            select new { mapping, role }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.mapping, new MappedRole(row.mapping.Id, row.role.Id, row.role.Name, row.role.Kind)));
    }
}
