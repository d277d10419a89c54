using System.Collections.Immutable;
using System.Globalization;

namespace NinjaIam.Tests.Reliability.Load;

/// <summary>
/// Draws what a client does next. Each request writes in several tables, and its mark in several attributes, so that half of it would
/// show.
/// </summary>
/// <param name="client">Number of the client; its people and groups carry it in their names.</param>
/// <param name="ids">The ids that the client was told, by externalId.</param>
internal sealed class RandomWrites(int client, Random random, IReadOnlyDictionary<string, string> ids, string sharedGroup)
{
    private const int Few = 3;

    private int _step;
    private int _people;
    private int _groups;

    public Write Next(ClientState state)
    {
        _step++;
        if (state.People.Count < Few)
        {
            return CreatePerson(state);
        }

        if (state.Groups.Count < Few)
        {
            return CreateGroup(state);
        }

        return random.Next(20) switch
        {
            < 4 => CreatePerson(state),
            < 6 => PatchPerson(One(state.People.Keys)),
            < 7 => RenamePerson(One(state.People.Keys)),
            < 9 => SetActive(One(state.People.Keys)),
            < 10 => ReplacePerson(One(state.People.Keys)),
            < 11 => DeletePerson(One(state.People.Keys)),
            < 12 => CreateGroup(state),
            < 13 => DeleteGroup(One(state.Groups.Keys)),
            < 14 => ReplaceGroup(One(state.Groups.Keys), Some(state)),
            < 15 => RenameAndAdd(One(state.Groups.Keys), Some(state)),
            < 18 => ChangeMembers($"/Groups/{ids[One(state.Groups.Keys, out var group)]}", Some(state), group),
            _ => ChangeMembers($"/Groups/{sharedGroup}", Some(state), group: null),
        };
    }

    private string Mark => string.Create(CultureInfo.InvariantCulture, $"{client}.{_step}");

    /// <summary>Somebody new, or somebody who was deleted or is inactive: they come back with their old id.</summary>
    private Write CreatePerson(ClientState state)
    {
        var away = state
            .Deleted.Keys.Where(key => key.Contains('p', StringComparison.Ordinal))
            .Concat(state.People.Where(pair => !pair.Value.Active).Select(pair => pair.Key))
            .Order(StringComparer.Ordinal)
            .ToList();
        var key = away.Count > 0 && random.Next(3) == 0 ? One(away) : $"{client}-p{++_people}";
        return WholePerson(HttpMethod.Post, "/Users", key, 201);
    }

    private Write ReplacePerson(string key) => WholePerson(HttpMethod.Put, PathOf(key), key, 200);

    private Write WholePerson(HttpMethod method, string path, string key, int status)
    {
        var (userName, mark) = (UserNameOf(key), Mark);
        return new Write(
            method,
            path,
            $$"""
            {"externalId":"{{key}}","userName":"{{userName}}","displayName":"{{mark}}","title":"{{mark}}","active":true,
            "emails":[{{EmailOf(mark)}}]}
            """,
            status,
            state => state.WithPerson(key, person => person with { UserName = userName, Mark = mark, Active = true })
        );
    }

    private Write PatchPerson(string key)
    {
        var mark = Mark;
        return new Write(
            HttpMethod.Patch,
            PathOf(key),
            PatchOf(
                $$$"""{"op":"replace","value":{"displayName":"{{{mark}}}","title":"{{{mark}}}"}}""",
                $$"""{"op":"Replace","path":"emails[type eq \"work\"].value","value":"{{mark}}@contoso.com"}"""
            ),
            200,
            state => state.WithPerson(key, person => person with { Mark = mark })
        );
    }

    private Write RenamePerson(string key)
    {
        var (userName, mark) = (UserNameOf(key), Mark);
        return new Write(
            HttpMethod.Patch,
            PathOf(key),
            PatchOf(
                $$"""{"op":"replace","path":"userName","value":"{{userName}}"}""",
                $$$"""{"op":"replace","value":{"displayName":"{{{mark}}}","title":"{{{mark}}}","emails":[{{{EmailOf(mark)}}}]}}"""
            ),
            200,
            state => state.WithPerson(key, person => person with { UserName = userName, Mark = mark })
        );
    }

    private Write SetActive(string key)
    {
        var active = random.Next(2) == 0;
        return new Write(
            HttpMethod.Patch,
            PathOf(key),
            PatchOf($$"""{"op":"Replace","path":"active","value":"{{active}}"}"""),
            200,
            state => state.WithPerson(key, person => person with { Active = active })
        );
    }

    private Write DeletePerson(string key) => new(HttpMethod.Delete, PathOf(key), null, 204, state => state.WithoutPerson(key));

    private Write CreateGroup(ClientState state)
    {
        var away = state.Deleted.Keys.Where(key => key.Contains('g', StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var key = away.Count > 0 && random.Next(2) == 0 ? One(away) : $"{client}-g{++_groups}";
        return WholeGroup(HttpMethod.Post, "/Groups", key, Some(state), 201);
    }

    private Write ReplaceGroup(string key, ImmutableSortedSet<string> members) =>
        WholeGroup(HttpMethod.Put, $"/Groups/{ids[key]}", key, members, 200);

    private Write WholeGroup(HttpMethod method, string path, string key, ImmutableSortedSet<string> members, int status)
    {
        var mark = Mark;
        return new Write(
            method,
            path,
            $$"""{"externalId":"{{key}}","displayName":"{{mark}}","members":[{{ValuesOf(members)}}]}""",
            status,
            state => state.WithGroup(key, group => group with { Mark = mark, Members = members })
        );
    }

    private Write RenameAndAdd(string key, ImmutableSortedSet<string> people)
    {
        var mark = Mark;
        return new Write(
            HttpMethod.Patch,
            $"/Groups/{ids[key]}",
            PatchOf(
                $$"""{"op":"replace","path":"displayName","value":"{{mark}}"}""",
                $$"""{"op":"add","path":"members","value":[{{ValuesOf(people)}}]}"""
            ),
            204,
            state => state.WithGroup(key, group => group with { Mark = mark, Members = group.Members.Union(people) })
        );
    }

    /// <param name="group">One of the client's own, whose members may be replaced, or null for the one that all share.</param>
    private Write ChangeMembers(string path, ImmutableSortedSet<string> people, string? group)
    {
        var (op, change) = random.Next(group is null ? 2 : 3) switch
        {
            0 => ("add", members => members.Union(people)),
            1 => ("remove", members => members.Except(people)),
            _ => ("replace", (Func<ImmutableSortedSet<string>, ImmutableSortedSet<string>>)(_ => people)),
        };
        return new Write(
            HttpMethod.Patch,
            path,
            PatchOf($$"""{"op":"{{op}}","path":"members","value":[{{ValuesOf(people)}}]}"""),
            204,
            state => group is null ? state.Shared(change) : state.WithGroup(group, it => it with { Members = change(it.Members) })
        );
    }

    private Write DeleteGroup(string key) => new(HttpMethod.Delete, $"/Groups/{ids[key]}", null, 204, state => state.WithoutGroup(key));

    private string PathOf(string person) => $"/Users/{ids[person]}";

    private string UserNameOf(string key) => $"{key}.{_step}@contoso.com";

    private static string PatchOf(params string[] operations) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{string.Join(',', operations)}}]}""";

    private static string EmailOf(string mark) => $$"""{"value":"{{mark}}@contoso.com","type":"work","primary":true}""";

    private string ValuesOf(ImmutableSortedSet<string> people) => string.Join(',', people.Select(key => $$"""{"value":"{{ids[key]}}"}"""));

    private ImmutableSortedSet<string> Some(ClientState state) =>
        ClientState.SetOf(Enumerable.Range(0, random.Next(1, 6)).Select(_ => One(state.People.Keys)));

    private string One(IEnumerable<string> keys) => One(keys, out _);

    private string One(IEnumerable<string> keys, out string chosen)
    {
        var list = keys.ToList();
        return chosen = list[random.Next(list.Count)];
    }
}
