using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Care;

/// <summary>What holds between rows of the directory.</summary>
internal static class DirectoryCheck
{
    /// <summary>Who is managed has a resource of the provider that manages them.</summary>
    public static async Task AccountsAsync(VerificationRun run)
    {
        await using var statement = run.Statement(
            """
            SELECT a."Id" FROM accounts a
            WHERE a."ProviderId" IS NOT NULL AND a."DeletedAt" IS NULL AND NOT EXISTS (
                SELECT 1 FROM resources r WHERE r.id = a."Id" AND r.provider = a."ProviderId" AND r.type = $user AND r.deleted_at IS NULL
            )
            """,
            ("$user", BuiltInResourceTypes.User.Name)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            await run.FoundAsync($"Account {rows.GetId(0)} is managed by a provider that does not know it.");
        }
    }

    /// <summary>Members are live users of the provider of a live group.</summary>
    public static async Task MembersAsync(VerificationRun run)
    {
        await using var statement = run.Statement(
            """
            SELECT m.group_seq, m.member_seq, g.id, p.id,
                COALESCE(g.type = $group AND g.deleted_at IS NULL AND p.type = $user AND p.deleted_at IS NULL AND g.provider = p.provider, 0)
            FROM members m LEFT JOIN resources g ON g.seq = m.group_seq LEFT JOIN resources p ON p.seq = m.member_seq
            ORDER BY m.group_seq
            """,
            ("$group", BuiltInResourceTypes.Group.Name),
            ("$user", BuiltInResourceTypes.User.Name)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (!rows.GetBoolean(4))
            {
                var group = rows.IsDBNull(2) ? $"number {rows.GetInt64(0)}" : rows.GetId(2).ToString();
                var member = rows.IsDBNull(3) ? $"number {rows.GetInt64(1)}" : rows.GetId(3).ToString();
                await run.FoundAsync($"Resource {member} can't be a member of resource {group}.");
            }

            await run.CheckedAsync();
        }
    }

    /// <summary>The totals of lists are the number of what is listed.</summary>
    public static async Task CountersAsync(VerificationRun run)
    {
        await using var statement = run.Statement(
            """
            WITH live AS (SELECT provider, type, COUNT(*) AS number FROM resources WHERE deleted_at IS NULL GROUP BY provider, type)
            SELECT c.provider, c.type, c.total, COALESCE(l.number, 0) FROM counters c
                LEFT JOIN live l ON l.provider = c.provider AND l.type = c.type
                WHERE c.total <> COALESCE(l.number, 0)
            UNION ALL
            SELECT l.provider, l.type, 0, l.number FROM live l
                WHERE NOT EXISTS (SELECT 1 FROM counters c WHERE c.provider = l.provider AND c.type = l.type)
            """
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            await run.FoundAsync(
                $"Provider {rows.GetId(0)} counts {rows.GetInt64(2)} resources of type {rows.GetString(1)} and has {rows.GetInt64(3)}."
            );
        }
    }
}
