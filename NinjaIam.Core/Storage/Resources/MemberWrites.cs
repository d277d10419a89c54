namespace NinjaIam.Core.Storage.Resources;

/// <summary>
/// Changes memberships with statements over sets. Each answers what really changed: adding who is a member and removing who is not
/// are no changes.
/// </summary>
internal static class MemberWrites
{
    public static Task<IReadOnlyList<long>> AddAsync(WriteScope scope, long group, IReadOnlyCollection<long> people) =>
        EachAsync(scope, "INSERT INTO members(group_seq, member_seq) VALUES ($group, $person) ON CONFLICT DO NOTHING", group, people);

    public static Task<IReadOnlyList<long>> RemoveAsync(WriteScope scope, long group, IReadOnlyCollection<long> people) =>
        EachAsync(scope, "DELETE FROM members WHERE group_seq = $group AND member_seq = $person", group, people);

    public static async Task<IReadOnlyList<long>> ClearAsync(WriteScope scope, long group)
    {
        var removed = new List<long>();
        await using var statement = scope.Statement("DELETE FROM members WHERE group_seq = $group RETURNING member_seq", ("$group", group));
        await CollectAsync(statement, removed);
        return removed;
    }

    /// <summary>Takes a person out of every group and answers the groups.</summary>
    public static async Task<IReadOnlyList<long>> RemoveFromAllAsync(WriteScope scope, long person)
    {
        var groups = new List<long>();
        await using var statement = scope.Statement(
            "DELETE FROM members WHERE member_seq = $person RETURNING group_seq",
            ("$person", person)
        );
        await CollectAsync(statement, groups);
        return groups;
    }

    /// <summary>The identifiers behind keys.</summary>
    public static async Task<IReadOnlyList<(long Seq, Guid Id)>> IdsAsync(WriteScope scope, IReadOnlyCollection<long> keys)
    {
        var ids = new List<(long, Guid)>(keys.Count);
        foreach (var part in ResourceSets.Parts(keys))
        {
            await using var statement = scope.Statement(
                $"SELECT seq, id FROM resources WHERE seq IN ({ResourceSets.Names(part.Length)})",
                ResourceSets.Parameters(part)
            );
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                ids.Add((rows.GetInt64(0), rows.GetId(1)));
            }
        }

        return ids;
    }

    /// <summary>
    /// Runs one small statement for each person: the tree has to be walked for each of them anyway, and nothing has to be compiled for
    /// their number. Answers those for whom it changed something.
    /// </summary>
    private static async Task<IReadOnlyList<long>> EachAsync(WriteScope scope, string sql, long group, IReadOnlyCollection<long> people)
    {
        var changed = new List<long>();
        foreach (var person in people)
        {
            await using var statement = scope.Statement(sql, ("$group", group), ("$person", person));
            if (await statement.ExecuteNonQueryAsync() > 0)
            {
                changed.Add(person);
            }
        }

        return changed;
    }

    private static async Task CollectAsync(SqlStatement statement, List<long> keys)
    {
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            keys.Add(rows.GetInt64(0));
        }
    }
}
