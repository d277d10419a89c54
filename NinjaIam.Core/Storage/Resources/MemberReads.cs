using System.Runtime.CompilerServices;

namespace NinjaIam.Core.Storage.Resources;

/// <summary>One end of a membership as the other end shows it.</summary>
/// <param name="Name">Display name of the group or the person; for a person without one, the user name.</param>
public sealed record MemberReference(Guid Id, string Name);

/// <summary>Reads memberships. No statement here reads more of a group than what was asked for.</summary>
internal static class MemberReads
{
    private const int PageSize = 5_000;

    /// <summary>The groups of each of these people, in the order in which the groups were created.</summary>
    public static async Task<ILookup<long, MemberReference>> GroupsOfAsync(StatementSource source, IReadOnlyList<long> people)
    {
        var found = new List<(long Person, MemberReference Group)>();
        foreach (var chunk in people.Chunk(ResourceSets.ChunkSize))
        {
            await using var statement = source(
                $"""
                SELECT m.member_seq, g.id, json_extract(g.doc, '$.displayName') FROM members m JOIN resources g ON g.seq = m.group_seq
                WHERE m.member_seq IN ({ResourceSets.Names(chunk.Length)}) ORDER BY m.member_seq, m.group_seq
                """,
                ResourceSets.Parameters(chunk)
            );
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found.Add((rows.GetInt64(0), new MemberReference(rows.GetId(1), rows.GetText(2) ?? "")));
            }
        }

        return found.ToLookup(row => row.Person, row => row.Group);
    }

    /// <summary>
    /// The members of a group, read a part at a time, each part on a connection of its own: a slow client holds no snapshot open.
    /// </summary>
    public static async IAsyncEnumerable<MemberReference> MembersOfAsync(
        SqliteDatabase database,
        long group,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        long last = 0;
        while (true)
        {
            var part = await MembersAfterAsync(database, group, last, cancellationToken);
            foreach (var (_, member) in part)
            {
                yield return member;
            }

            if (part.Count < PageSize)
            {
                yield break;
            }

            last = part[^1].Seq;
        }
    }

    /// <summary>How many memberships these groups have together, counted up to <paramref name="limit"/>.</summary>
    public static async Task<long> CountAsync(StatementSource source, IReadOnlyList<long> groups, long limit)
    {
        long total = 0;
        foreach (var chunk in groups.Chunk(ResourceSets.ChunkSize))
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

    private static async Task<List<(long Seq, MemberReference Member)>> MembersAfterAsync(
        SqliteDatabase database,
        long group,
        long last,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.OpenReaderAsync(cancellationToken);
        await using var statement = connection.Statement(
            """
            SELECT m.member_seq, p.id, COALESCE(json_extract(p.doc, '$.displayName'), json_extract(p.doc, '$.userName'))
            FROM members m JOIN resources p ON p.seq = m.member_seq
            WHERE m.group_seq = $group AND m.member_seq > $last ORDER BY m.member_seq LIMIT $take
            """,
            ("$group", group),
            ("$last", last),
            ("$take", PageSize)
        );
        await using var rows = await statement.ExecuteReaderAsync(cancellationToken);
        var part = new List<(long, MemberReference)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            part.Add((rows.GetInt64(0), new MemberReference(rows.GetId(1), rows.GetText(2) ?? "")));
        }

        return part;
    }
}
