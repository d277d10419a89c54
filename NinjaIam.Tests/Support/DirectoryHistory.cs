using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>The users and groups of all providers twice: as the tables hold them, and as the journal tells them from its first row on.</summary>
internal static class DirectoryHistory
{
    /// <summary>Asserts that the journal, replayed from empty, makes what is stored. Nothing may be written meanwhile.</summary>
    public static async Task AssertToldAsStoredAsync(string file)
    {
        await using var connection = await OpenAsync(file);
        Assert.Equal(await StoredAsync(connection), await ToldAsync(connection));
    }

    /// <summary>What the journal says of the members of one group, in its order.</summary>
    public static async Task<IReadOnlyList<MembersRow>> MembersAsync(string file, string group)
    {
        await using var connection = await OpenAsync(file);
        return
        [
            .. (await JournalAsync(connection))
                .Where(row => row.Id == group && row.Kind == JournalKind.GroupMembersChanged)
                .Select(row => new MembersRow(row.Request, row.After, Ids(row.Changes[0].Before), Ids(row.Changes[0].After))),
        ];
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<IReadOnlyList<string>> StoredAsync(SqliteConnection connection)
    {
        var members = new Dictionary<long, HashSet<string>>();
        await using (
            var statement = connection.Statement("SELECT m.group_seq, p.id FROM members m JOIN resources p ON p.seq = m.member_seq")
        )
        {
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (!members.TryGetValue(rows.GetInt64(0), out var people))
                {
                    members.Add(rows.GetInt64(0), people = []);
                }

                people.Add(rows.GetId(1).ToString("D"));
            }
        }

        var resources = new List<Resource>();
        await using (var statement = connection.Statement("SELECT seq, type, id, version, deleted_at IS NOT NULL, doc FROM resources"))
        {
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var type = rows.GetString(1) == "User" ? BuiltInResourceTypes.User : BuiltInResourceTypes.Group;
                var resource = new Resource(type.Name, rows.GetId(2).ToString("D"))
                {
                    Version = rows.GetInt64(3),
                    IsDeleted = rows.GetBoolean(4),
                    Members = members.GetValueOrDefault(rows.GetInt64(0)) ?? [],
                };
                resource.Apply(DocumentChanges.Between(type, [], JsonNode.Parse(rows.GetString(5))!.AsObject()));
                resources.Add(resource);
            }
        }

        return Lines(resources);
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(SqliteConnection connection)
    {
        var resources = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var row in await JournalAsync(connection))
        {
            if (!resources.TryGetValue(row.Id, out var resource))
            {
                Assert.Null(row.Before);
                resources.Add(row.Id, resource = new Resource(row.Type, row.Id));
            }

            // A request that changes values and members of a group, or deletes it, is one step in several rows.
            var step = (row.Request, row.Before, row.After);
            if (step != resource.LastStep)
            {
                Assert.Equal(resource.Version, row.Before ?? 0);
                Assert.Equal(resource.Version + 1, row.After);
            }

            if (row.Kind == JournalKind.UserConverted)
            {
                // Kept by hand from here on: the directory knows nothing of the person any more.
                resources.Remove(row.Id);
                continue;
            }

            (resource.Version, resource.LastStep) = (row.After, step);
            if (row.Kind == JournalKind.GroupMembersChanged)
            {
                foreach (var id in Ids(row.Changes[0].Before))
                {
                    Assert.True(resource.Members.Remove(id), $"Journal row {row.Seq} removes who was no member.");
                }

                foreach (var id in Ids(row.Changes[0].After))
                {
                    Assert.True(resource.Members.Add(id), $"Journal row {row.Seq} adds who was a member.");
                }
            }
            else
            {
                resource.IsDeleted = row.Kind is JournalKind.UserDeleted or JournalKind.GroupDeleted;
                resource.Apply(row.Changes);
            }
        }

        return Lines(resources.Values);
    }

    private static async Task<List<Row>> JournalAsync(SqliteConnection connection)
    {
        var found = new List<Row>();
        await using var statement = connection.Statement(
            """
            SELECT j."Seq", j."RequestId", j."Kind", j."ResourceType", j."ResourceId", j."VersionBefore", j."VersionAfter", v."Changes"
            FROM journal j JOIN journal_values v ON v."Seq" = j."Seq"
            WHERE j."ResourceType" IN ('User', 'Group') AND j."VersionAfter" IS NOT NULL ORDER BY j."Seq"
            """
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(
                new Row(
                    rows.GetInt64(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    rows.IsDBNull(5) ? null : rows.GetInt64(5),
                    rows.GetInt64(6),
                    PackedChanges.Unpack(rows.GetText(7))
                )
            );
        }

        return found;
    }

    private static string[] Ids(string? json) => JsonSerializer.Deserialize<string[]>(json!)!;

    private static IReadOnlyList<string> Lines(IEnumerable<Resource> resources) =>
        [.. resources.OrderBy(resource => resource.Id, StringComparer.Ordinal).Select(resource => resource.ToString())];

    /// <param name="Request">Id of the request.</param>
    /// <param name="Version">The group's, after the request.</param>
    public sealed record MembersRow(string Request, long Version, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);

    private sealed record Row(
        long Seq,
        string Request,
        string Kind,
        string Type,
        string Id,
        long? Before,
        long After,
        IReadOnlyList<ChangedValue> Changes
    );

    private sealed class Resource(string type, string id)
    {
        private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

        public string Id { get; } = id;

        public long Version { get; set; }

        public bool IsDeleted { get; set; }

        public HashSet<string> Members { get; init; } = [];

        public (string Request, long? Before, long After) LastStep { get; set; }

        public void Apply(IEnumerable<ChangedValue> changes)
        {
            foreach (var (attribute, before, after) in changes)
            {
                Assert.Equal(_values.GetValueOrDefault(attribute), before);
                if (after is null)
                {
                    _values.Remove(attribute);
                }
                else
                {
                    _values[attribute] = after;
                }
            }
        }

        public override string ToString() =>
            $"{type} {Id} version {Version}{(IsDeleted ? " deleted" : "")} "
            + $"{string.Join(' ', _values.Select(value => $"{value.Key}={value.Value}"))} members {string.Join(' ', Members.Order())}";
    }
}
