using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;

namespace NinjaIam.Core.Scim.Patching;

/// <summary>What a PATCH makes of a resource.</summary>
/// <param name="DocumentChanged">False when the document is what it was before.</param>
/// <param name="MemberChanges">For groups: what to do to the members, in this order.</param>
/// <param name="Repairs">Of reading and of applying.</param>
public sealed record PatchResult(
    JsonObject Document,
    bool DocumentChanged,
    IReadOnlyList<MemberChange> MemberChanges,
    IReadOnlyList<Repair> Repairs
);
