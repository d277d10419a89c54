using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Provisioning;

/// <summary>What a request makes of a resource: its document, and the members it gains and loses where its type has any.</summary>
internal sealed record ResourceChange(JsonObject Document, IReadOnlyList<MemberChange> Members, IReadOnlyList<Repair> Repairs)
{
    /// <param name="returning">The deleted resource that is taken back, or null.</param>
    public static ResourceChange ByCreating(DocumentReading reading, ResourceRow? returning) =>
        new(reading.Document, MembersOf(reading), returning is null ? reading.Repairs : [.. reading.Repairs, ResourceWriting.TakenBack]);

    public static ScimOutcome<ResourceChange> ByReplacing(DocumentReading reading, ResourceType type, JsonObject stored) =>
        reading
            .Replace(stored, type)
            .Match<ScimOutcome<ResourceChange>>(
                done => new ResourceChange(done.Document, MembersOf(reading), done.Repairs),
                error => error
            );

    public static ScimOutcome<ResourceChange> ByPatching(PatchRequest request, ResourceType type, Guid id, JsonObject stored) =>
        PatchApplier
            .Apply(request, type, id.ToString("D"), stored)
            .Match<ScimOutcome<ResourceChange>>(
                done => new ResourceChange(done.Document, done.MemberChanges, done.Repairs),
                error => error
            );

    private static IReadOnlyList<MemberChange> MembersOf(DocumentReading reading) =>
        reading.MemberIds is { } ids
            ? [ids.Count == 0 ? new MemberChange(MemberChangeKind.Clear, []) : new MemberChange(MemberChangeKind.Replace, ids)]
            : [];
}
