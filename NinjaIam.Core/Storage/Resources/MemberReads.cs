namespace NinjaIam.Core.Storage.Resources;

/// <summary>One end of a membership as the other end shows it.</summary>
/// <param name="Name">Display name of the group or the person; for a person without one, the user name.</param>
public sealed record MemberReference(Guid Id, string Name);

/// <summary>Reads memberships. No statement here reads more of a group than what was asked for.</summary>
internal static class MemberReads
{
    private const string Member = "p.id, COALESCE(json_extract(p.doc, '$.displayName'), json_extract(p.doc, '$.userName'))";

    /// <summary>Those of the ids that are people whom the provider manages, with their keys.</summary>
    public static async Task<Dictionary<Guid, long>> ResolveAsync(StatementSource source, Guid provider, IReadOnlyCollection<Guid> ids)
    {
        var found = new Dictionary<Guid, long>(ids.Count);
        foreach (var part in ResourceSets.Parts(ids))
        {
            // Without the plus signs SQLite takes an index by provider, and looks at each of its people.
            await using var statement = source(
                $"""
                SELECT id, seq FROM resources
                WHERE id IN ({ResourceSets.Names(part.Length)}) AND +provider = $provider AND +type = 'User' AND deleted_at IS NULL
                """,
                [.. ResourceSets.Parameters(part), ("$provider", provider)]
            );
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found[rows.GetId(0)] = rows.GetInt64(1);
            }
        }

        return found;
    }

    /// <summary>The groups of each of these people, in the order in which the groups were created.</summary>
    public static async Task<ILookup<long, MemberReference>> GroupsOfAsync(StatementSource source, IReadOnlyList<long> people)
    {
        var found = new List<(long Person, MemberReference Group)>();
        foreach (var part in ResourceSets.Parts(people))
        {
            await using var statement = source(
                $"""
                SELECT m.member_seq, g.id, json_extract(g.doc, '$.displayName') FROM members m JOIN resources g ON g.seq = m.group_seq
                WHERE m.member_seq IN ({ResourceSets.Names(part.Length)}) ORDER BY m.member_seq, m.group_seq
                """,
                ResourceSets.Parameters(part)
            );
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found.Add((rows.GetInt64(0), new MemberReference(rows.GetId(1), rows.GetText(2) ?? "")));
            }
        }

        return found.ToLookup(row => row.Person, row => row.Group);
    }

    /// <summary>The members of a group, to be read one by one: each row holds the group's key, id and name of the member.</summary>
    public static SqlStatement OfGroup(StatementSource source, long group) =>
        source(
            $"SELECT m.group_seq, {Member} FROM members m JOIN resources p ON p.seq = m.member_seq WHERE m.group_seq = $group ORDER BY m.member_seq",
            ("$group", group)
        );

    /// <summary>The members of several groups, group by group in the order given; rows as in <see cref="OfGroup"/>.</summary>
    public static SqlStatement OfGroups(StatementSource source, IReadOnlyList<long> groups) =>
        source(
            $"""
            SELECT m.group_seq, {Member} FROM json_each($groups) g JOIN members m ON m.group_seq = g.value JOIN resources p ON p.seq = m.member_seq
            ORDER BY g.key, m.member_seq
            """,
            ("$groups", $"[{string.Join(',', groups)}]")
        );

    /// <summary>How many memberships these groups have together, counted up to <paramref name="limit"/>.</summary>
    public static async Task<long> CountAsync(StatementSource source, IReadOnlyList<long> groups, long limit)
    {
        long total = 0;
        foreach (var chunk in ResourceSets.Parts(groups))
        {
            await using var statement = source(
                $"SELECT COUNT(*) FROM (SELECT 1 FROM members WHERE group_seq IN ({ResourceSets.Names(chunk.Length)}) LIMIT $limit)",
                [.. ResourceSets.Parameters(chunk), ("$limit", limit - total)]
            );
            total += (long)(await statement.ExecuteScalarAsync())!;
        }

        return total;
    }

    /// <summary>The keys of the members of a group: what replacing them is compared with.</summary>
    public static async Task<HashSet<long>> KeysAsync(StatementSource source, long group)
    {
        await using var statement = source("SELECT member_seq FROM members WHERE group_seq = $group", ("$group", group));
        await using var rows = await statement.ExecuteReaderAsync();
        var keys = new HashSet<long>();
        while (await rows.ReadAsync())
        {
            keys.Add(rows.GetInt64(0));
        }

        return keys;
    }
}
