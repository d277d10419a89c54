using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

public sealed record GroupFilter
{
    /// <summary>Part of a display name.</summary>
    public string? Search { get; init; }

    public Guid? ProviderId { get; init; }
}

/// <param name="Members">How many people are in it.</param>
/// <param name="LastChange">UTC; a change of members counts.</param>
public sealed record GroupLine(
    Guid Id,
    string Name,
    Guid ProviderId,
    string ProviderName,
    string ProviderIdentifier,
    int Members,
    DateTimeOffset LastChange
);

/// <summary>Everything the portal shows about one group.</summary>
/// <param name="Document">The stored SCIM document, without the members.</param>
public sealed record GroupDetails(GroupLine Group, string? ExternalId, DateTimeOffset Created, long Version, JsonObject Document);

/// <summary>A person as a member of a group.</summary>
public sealed record MemberLine(Guid Id, string Name, string UserName, string? Email, AccountStatus Status);

/// <summary>A group as one of a person's groups.</summary>
public sealed record MembershipLine(Guid Id, string Name);

/// <summary>Reads groups and memberships for the portal, over all providers, a page at a time.</summary>
public sealed class DirectoryQueries(SqliteDatabase database)
{
    private const string GroupColumns = """
        SELECT r.id, COALESCE(json_extract(r.doc, '$.displayName'), ''), r.provider, p."DisplayName", p."UniqueIdentifier",
            (SELECT COUNT(*) FROM members m WHERE m.group_seq = r.seq) AS members, r.modified, r.external_id, r.created, r.version, r.doc
        FROM resources r JOIN providers p ON p."Id" = r.provider
        WHERE r.type = 'Group' AND r.deleted_at IS NULL
        """;

    private const string GroupConditions = """
         AND ($provider IS NULL OR r.provider = $provider) AND ($search IS NULL OR instr(r.name_key, $search) > 0)
        """;

    /// <summary>Sorts by <c>name</c> (its own order), <c>provider</c>, <c>members</c> or <c>lastChange</c>.</summary>
    public async Task<Page<GroupLine>> ListGroupsAsync(
        Actor actor,
        GroupFilter filter,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        var direction = request.Descending ? "DESC" : "ASC";
        var order = request.SortColumn switch
        {
            "provider" => $"p.\"NormalizedDisplayName\" {direction}, r.name_key, r.seq",
            "members" => $"members {direction}, r.name_key, r.seq",
            "lastChange" => $"r.modified {direction}, r.seq",
            _ => $"r.name_key {direction}, r.seq",
        };
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        var total = await CountAsync(connection, filter, cancellationToken);
        await using var statement = connection.Statement(
            $"{GroupColumns}{GroupConditions} ORDER BY {order} LIMIT $take OFFSET $skip",
            [.. Parameters(filter), ("$take", request.Rows), ("$skip", request.Skip)]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var lines = new List<GroupLine>();
        while (await rows.ReadAsync())
        {
            lines.Add(LineOf(rows));
        }

        return new Page<GroupLine>(lines, total);
    }

    public async Task<int> CountGroupsAsync(Actor actor, GroupFilter filter, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        return await CountAsync(connection, filter, cancellationToken);
    }

    /// <summary>One group, or null when there is none (any more).</summary>
    public async Task<GroupDetails?> FindGroupAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.MustBeAdministrator();
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement($"{GroupColumns} AND r.id = $id", ("$id", id));
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync()
            ? new GroupDetails(
                LineOf(rows),
                rows.GetText(7),
                rows.GetInstant(8),
                rows.GetInt64(9),
                JsonNode.Parse(rows.GetString(10))!.AsObject()
            )
            : null;
    }

    /// <summary>The members of a group by user name, or those whose name, user name or address holds a text.</summary>
    public async Task<Page<MemberLine>> ListMembersAsync(
        Actor actor,
        Guid groupId,
        string? search,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        const string From = """
            FROM resources g JOIN members m ON m.group_seq = g.seq JOIN resources r ON r.seq = m.member_seq JOIN accounts a ON a."Id" = r.id
            WHERE g.id = $group AND g.type = 'Group' AND g.deleted_at IS NULL AND ($search IS NULL OR instr(a."SearchKey", $search) > 0)
            """;
        (string, object?)[] parameters = [("$group", groupId), ("$search", KeyOf(search))];
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var count = connection.Statement($"SELECT COUNT(*) {From}", parameters);
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        await using var statement = connection.Statement(
            $"""
            SELECT a."Id", a."DisplayName", a."GivenName", a."FamilyName", a."UserName", a."Email", a."Blocked", a."Active" {From}
            ORDER BY r.name_key {(request.Descending ? "DESC" : "ASC")}, r.seq LIMIT $take OFFSET $skip
            """,
            [.. parameters, ("$take", request.Rows), ("$skip", request.Skip)]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var lines = new List<MemberLine>();
        while (await rows.ReadAsync())
        {
            var userName = rows.GetText(4) ?? "";
            lines.Add(
                new MemberLine(
                    rows.GetId(0),
                    AccountName.Of(rows.GetText(1), rows.GetText(2), rows.GetText(3), userName),
                    userName,
                    rows.GetText(5),
                    rows.GetBoolean(6) ? AccountStatus.Blocked
                        : rows.GetBoolean(7) ? AccountStatus.Active
                        : AccountStatus.Inactive
                )
            );
        }

        return new Page<MemberLine>(lines, total);
    }

    /// <summary>The groups of a person by name, at most <see cref="PageRequest.MostRows"/> of them; the total is exact.</summary>
    public async Task<Page<MembershipLine>> ListGroupsOfAsync(
        Actor actor,
        Guid personId,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        actor.MustBeAdministrator();
        const string From =
            "FROM resources r JOIN members m ON m.member_seq = r.seq JOIN resources g ON g.seq = m.group_seq WHERE r.id = $person";
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var count = connection.Statement($"SELECT COUNT(*) {From}", ("$person", personId));
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        await using var statement = connection.Statement(
            $"SELECT g.id, COALESCE(json_extract(g.doc, '$.displayName'), '') {From} ORDER BY g.name_key, g.seq LIMIT $take OFFSET $skip",
            ("$person", personId),
            ("$take", request.Rows),
            ("$skip", request.Skip)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var lines = new List<MembershipLine>();
        while (await rows.ReadAsync())
        {
            lines.Add(new MembershipLine(rows.GetId(0), rows.GetString(1)));
        }

        return new Page<MembershipLine>(lines, total);
    }

    private static async Task<int> CountAsync(ReadSession connection, GroupFilter filter, CancellationToken cancellationToken)
    {
        await using var statement = connection.Statement(
            $"SELECT COUNT(*) FROM resources r WHERE r.type = 'Group' AND r.deleted_at IS NULL{GroupConditions}",
            Parameters(filter)
        );
        return Convert.ToInt32(await statement.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static (string, object?)[] Parameters(GroupFilter filter) =>
        [("$provider", filter.ProviderId), ("$search", KeyOf(filter.Search))];

    private static string? KeyOf(string? search) => string.IsNullOrWhiteSpace(search) ? null : TextKey.Of(search.Trim());

    private static GroupLine LineOf(SqlRows row) =>
        new(row.GetId(0), row.GetString(1), row.GetId(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetInstant(6));
}
