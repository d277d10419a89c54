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
public sealed record MemberChange(MemberChangeKind Kind, IReadOnlyList<string> Ids);
