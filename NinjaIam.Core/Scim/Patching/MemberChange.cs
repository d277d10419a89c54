namespace NinjaIam.Core.Scim.Patching;

public enum MemberChangeKind
{
    Add,
    Remove,

    /// <summary>Exactly these members from then on.</summary>
    Replace,

    /// <summary>No members from then on.</summary>
    Clear,
}

/// <summary>One step of what a PATCH does to the members of a group. Adding who is a member and removing who is not are no changes.</summary>
/// <param name="Ids">As sent, each once, not yet known to exist. Empty for <see cref="MemberChangeKind.Clear"/>.</param>
public sealed record MemberChange(MemberChangeKind Kind, IReadOnlyList<string> Ids)
{
    /// <summary>The same steps with neighbours that add, or that remove, made one: a client that names one member per operation pays for one.</summary>
    public static IReadOnlyList<MemberChange> Merge(IReadOnlyList<MemberChange> steps)
    {
        var merged = new List<MemberChange>();
        for (var index = 0; index < steps.Count; )
        {
            var kind = steps[index].Kind;
            var end = index + 1;
            while (end < steps.Count && steps[end].Kind == kind && kind is (MemberChangeKind.Add or MemberChangeKind.Remove))
            {
                end++;
            }

            merged.Add(
                end - index == 1
                    ? steps[index]
                    : new MemberChange(
                        kind,
                        [.. steps.Skip(index).Take(end - index).SelectMany(step => step.Ids).Distinct(StringComparer.OrdinalIgnoreCase)]
                    )
            );
            index = end;
        }

        return merged;
    }
}
