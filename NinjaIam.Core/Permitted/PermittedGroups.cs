using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Permitted;

/// <summary>A group as somebody sees it whom a role lets view groups.</summary>
/// <param name="Members">How many of its members belong to an organization that the permission names; all where it is for all.</param>
public sealed record PermittedGroup(Guid Id, string Name, string ProviderName, int Members);

/// <summary>
/// Reads the groups that the roles of the actor let them view. Groups belong to identity providers and not to organizations: where the
/// permission names organizations, a group is seen when somebody is a member who belongs to one of them by name, and only such people count.
/// </summary>
public sealed class PermittedGroups(SqliteDatabase database, IDbContextFactory<NinjaIamDbContext> databases)
{
    private const string Everywhere = """
        FROM resources g JOIN providers p ON p."Id" = g.provider
        WHERE g.type = 'Group' AND g.deleted_at IS NULL AND ($search IS NULL OR instr(g.name_key, $search) > 0)
        """;

    // Begins at the people of the organizations, whom an index finds, and not at every group.
    private const string InOrganizations = """
        FROM (
            SELECT DISTINCT m.group_seq, m.member_seq
            FROM account_organizations o JOIN accounts a ON a."Id" = o."AccountId" AND a."Kind" <> 2 AND a."DeletedAt" IS NULL
            JOIN resources r ON r.id = o."AccountId" JOIN members m ON m.member_seq = r.seq
            WHERE o."OrganizationId" IN (SELECT value FROM json_each($places))
        ) x JOIN resources g ON g.seq = x.group_seq JOIN providers p ON p."Id" = g.provider
        WHERE g.type = 'Group' AND g.deleted_at IS NULL AND ($search IS NULL OR instr(g.name_key, $search) > 0)
        """;

    /// <summary>By name.</summary>
    /// <exception cref="UnauthorizedAccessException">No role lets the actor view groups anywhere.</exception>
    public async Task<Page<PermittedGroup>> ListAsync(Actor actor, string? search, PageRequest request, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(actor, cancellationToken);
        held.MustHold(PermissionKind.ViewGroups);
        var reach = held[PermissionKind.ViewGroups];
        (string, object?)[] parameters =
        [
            ("$search", string.IsNullOrWhiteSpace(search) ? null : TextKey.Of(search.Trim())),
            .. reach.IsEverywhere ? Array.Empty<(string, object?)>() : [("$places", JsonSerializer.Serialize(reach.Organizations))],
        ];
        var (from, members) = reach.IsEverywhere
            ? (Everywhere, "(SELECT COUNT(*) FROM members m WHERE m.group_seq = g.seq)")
            : (InOrganizations, "COUNT(*)");
        await using var connection = await database.OpenReaderAsync(cancellationToken);

        // The total comes with the rows: gathering the people of a large organization a second time would cost as much again.
        await using var statement = connection.Statement(
            $"""
            SELECT g.id, COALESCE(json_extract(g.doc, '$.displayName'), ''), p."DisplayName", {members}, COUNT(*) OVER () {from}
            GROUP BY g.seq ORDER BY g.name_key {(request.Descending ? "DESC" : "ASC")}, g.seq LIMIT $take OFFSET $skip
            """,
            [.. parameters, ("$take", request.Rows), ("$skip", request.Skip)]
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var (lines, total) = (new List<PermittedGroup>(), 0);
        while (await rows.ReadAsync())
        {
            lines.Add(new PermittedGroup(rows.GetId(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3)));
            total = rows.GetInt32(4);
        }

        // Behind the last row there is none to tell it.
        return lines.Count == 0 && request.Skip > 0
            ? new Page<PermittedGroup>([], (await ListAsync(actor, search, request with { Skip = 0, Take = 1 }, cancellationToken)).Total)
            : new Page<PermittedGroup>(lines, total);
    }

    /// <summary>The groups of a person whom the actor may view and whose groups they may view, by name; else none.</summary>
    public async Task<Page<MembershipLine>> OfPersonAsync(
        Actor actor,
        Guid personId,
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var context = await databases.CreateDbContextAsync(cancellationToken);
        return await context.MaySeeOfPersonAsync(actor, PermissionKind.ViewGroups, personId, cancellationToken)
            ? await new DirectoryQueries(database).ListGroupsOfAsync(Actor.System, personId, request, cancellationToken)
            : new Page<MembershipLine>([], 0);
    }

    private async Task<HeldPermissions> HeldAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await databases.CreateDbContextAsync(cancellationToken);
        return await context.PermissionsOfAsync(actor, cancellationToken);
    }
}
