using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>Takes over those of some people who are kept by hand, where the policy says so, and answers their keys by id.</summary>
internal delegate Task<IReadOnlyDictionary<Guid, long>> MemberAdoption(IReadOnlyCollection<Guid> ids);

/// <summary>The members of one group during one write. What is added and taken away again in the same request is no change.</summary>
internal sealed class GroupMembership(WriteScope scope, Guid provider, long group, MemberAdoption adopt)
{
    private readonly HashSet<long> _added = [];
    private readonly HashSet<long> _removed = [];

    // Who was named by id needs not be looked up again for the journal.
    private readonly Dictionary<long, Guid> _ids = [];

    public bool IsChanged => _added.Count + _removed.Count > 0;

    /// <summary>Applies one step, or answers why it is refused.</summary>
    public async Task<ScimError?> ApplyAsync(MemberChange change)
    {
        if (change.Kind == MemberChangeKind.Clear)
        {
            Removed(await MemberWrites.ClearAsync(scope, group));
            return null;
        }

        var ids = change.Ids.ToDictionary(
            id => id,
            id => Guid.TryParseExact(id, "D", out var parsed) ? (Guid?)parsed : null,
            StringComparer.OrdinalIgnoreCase
        );
        var known = await MemberReads.ResolveAsync(scope.Statement, provider, [.. ids.Values.OfType<Guid>()]);
        foreach (var (id, seq) in known)
        {
            _ids[seq] = id;
        }

        if (change.Kind == MemberChangeKind.Remove)
        {
            Removed(await MemberWrites.RemoveAsync(scope, group, known.Values));
            return null;
        }

        var strangers = ids.Values.OfType<Guid>().Where(id => !known.ContainsKey(id)).ToList();
        if (strangers.Count > 0)
        {
            foreach (var (id, seq) in await adopt(strangers))
            {
                known[id] = seq;
                _ids[seq] = id;
            }
        }

        var unknown = ids.Where(pair => pair.Value is not { } id || !known.ContainsKey(id)).Select(pair => pair.Key).ToList();
        if (unknown.Count > 0)
        {
            return Refusals.UnknownMembers(unknown);
        }

        if (change.Kind == MemberChangeKind.Replace)
        {
            var surplus = await MemberReads.KeysAsync(scope.Statement, group);
            surplus.ExceptWith(known.Values);
            Removed(await MemberWrites.RemoveAsync(scope, group, surplus));
        }

        Added(await MemberWrites.AddAsync(scope, group, known.Values));
        return null;
    }

    public Task<IReadOnlyList<Guid>> AddedAsync() => IdsAsync(_added);

    public Task<IReadOnlyList<Guid>> RemovedAsync() => IdsAsync(_removed);

    /// <summary>The name of the one person this is about, or null when it is about several.</summary>
    public async Task<string?> OnlyNameAsync() =>
        _added.Count + _removed.Count == 1 ? (await ResourceWrites.NameAsync(scope, _added.Concat(_removed).Single())).Name : null;

    private async Task<IReadOnlyList<Guid>> IdsAsync(HashSet<long> people)
    {
        var unknown = people.Where(person => !_ids.ContainsKey(person)).ToList();
        foreach (var (seq, id) in await MemberWrites.IdsAsync(scope, unknown))
        {
            _ids[seq] = id;
        }

        return [.. people.Order().Select(person => _ids[person])];
    }

    private void Added(IReadOnlyList<long> people)
    {
        foreach (var person in people.Where(person => !_removed.Remove(person)))
        {
            _added.Add(person);
        }
    }

    private void Removed(IReadOnlyList<long> people)
    {
        foreach (var person in people.Where(person => !_added.Remove(person)))
        {
            _removed.Add(person);
        }
    }
}
