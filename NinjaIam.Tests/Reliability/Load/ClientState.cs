using System.Collections.Immutable;

namespace NinjaIam.Tests.Reliability.Load;

/// <summary>A person as one client knows them, by their externalId.</summary>
internal sealed record Person(string UserName, string Mark, bool Active, long Version);

/// <param name="Members">The externalIds of people of the same client.</param>
internal sealed record Group(string Mark, ImmutableSortedSet<string> Members, long Version);

/// <summary>
/// What one client has made of its own people and groups, all of them by their externalIds. A change answers another state, or the same
/// one when it changes nothing.
/// </summary>
internal sealed record ClientState
{
    private static readonly ImmutableSortedSet<string> Nobody = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Person> People { get; init; } =
        ImmutableSortedDictionary.Create<string, Person>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Group> Groups { get; init; } =
        ImmutableSortedDictionary.Create<string, Group>(StringComparer.Ordinal);

    /// <summary>Versions of people and groups that were deleted: whoever of them is created again goes on from there.</summary>
    public ImmutableDictionary<string, long> Deleted { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Those of this client's people who are in the one group that all clients share.</summary>
    public ImmutableSortedSet<string> InSharedGroup { get; init; } = Nobody;

    public static ImmutableSortedSet<string> SetOf(IEnumerable<string> people) => Nobody.Union(people);

    public ClientState WithPerson(string key, Func<Person, Person> change)
    {
        var before = People.GetValueOrDefault(key) ?? new Person("", "", false, Deleted.GetValueOrDefault(key));
        var after = change(before);
        return after == before
            ? this
            : this with
            {
                People = People.SetItem(key, after with { Version = before.Version + 1 }),
                Deleted = Deleted.Remove(key),
            };
    }

    public ClientState WithoutPerson(string key)
    {
        var groups = Groups;
        foreach (var (name, group) in Groups.Where(pair => pair.Value.Members.Contains(key)))
        {
            groups = groups.SetItem(name, group with { Members = group.Members.Remove(key), Version = group.Version + 1 });
        }

        return this with
        {
            People = People.Remove(key),
            Groups = groups,
            Deleted = Deleted.SetItem(key, People[key].Version + 1),
            InSharedGroup = InSharedGroup.Remove(key),
        };
    }

    public ClientState WithGroup(string key, Func<Group, Group> change)
    {
        var isNew = !Groups.TryGetValue(key, out var before);
        before ??= new Group("", Nobody, Deleted.GetValueOrDefault(key));
        var after = change(before);
        var isSame = !isNew && after.Mark == before.Mark && after.Members.SetEquals(before.Members);
        return isSame
            ? this
            : this with
            {
                Groups = Groups.SetItem(key, after with { Version = before.Version + 1 }),
                Deleted = Deleted.Remove(key),
            };
    }

    public ClientState WithoutGroup(string key) =>
        this with
        {
            Groups = Groups.Remove(key),
            Deleted = Deleted.SetItem(key, Groups[key].Version + 1),
        };

    public ClientState Shared(Func<ImmutableSortedSet<string>, ImmutableSortedSet<string>> change)
    {
        var after = change(InSharedGroup);
        return after.SetEquals(InSharedGroup) ? this : this with { InSharedGroup = after };
    }

    /// <summary>What is live, a line for each resource: equal texts are equal states.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines =
        [
            .. People.Select(person => $"{person.Key}: {person.Value}"),
            .. Groups.Select(group =>
                $"{group.Key}: {group.Value.Mark}, version {group.Value.Version}, members {string.Join(' ', group.Value.Members)}"
            ),
            $"in the shared group: {string.Join(' ', InSharedGroup)}",
        ];
        return string.Join('\n', lines);
    }
}
