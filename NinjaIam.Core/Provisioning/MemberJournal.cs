using System.Text.Json;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Provisioning;

/// <summary>Journals who came into a group and who left it, packed so that a row stays small.</summary>
internal static class MemberJournal
{
    private const int MostPerRow = 10_000;

    /// <param name="Before">Version before the request; null when the request created the group.</param>
    /// <param name="After">Version after the request.</param>
    public sealed record Group(Guid Id, string Name, long? Before, long After);

    /// <param name="onlyName">Name of the person when it is a single one.</param>
    public static async Task AppendAsync(
        ChangeJournal journal,
        WriteScope scope,
        ProvisioningCall caller,
        Group group,
        IReadOnlyList<Guid> added,
        IReadOnlyList<Guid> removed,
        string? onlyName
    )
    {
        var people = removed.Select(id => (Id: id, Added: false)).Concat(added.Select(id => (Id: id, Added: true)));
        foreach (var part in people.Chunk(MostPerRow))
        {
            var removedHere = part.Where(person => !person.Added).Select(person => person.Id).ToList();
            var addedHere = part.Where(person => person.Added).Select(person => person.Id).ToList();
            await journal.AppendAsync(
                scope,
                caller.Origin,
                new JournalEntry(JournalKind.GroupMembersChanged)
                {
                    ProviderId = caller.ProviderId,
                    ResourceType = "Group",
                    ResourceId = group.Id.ToString("D"),
                    Subject = group.Name,
                    VersionBefore = group.Before,
                    VersionAfter = group.After,
                    Changes = [new ChangedValue(Activities.MembersAttribute, Json(removedHere), Json(addedHere))],
                    Members = new MembersChanged(addedHere.Count, removedHere.Count, onlyName),
                },
                ChangeTopic.Groups
            );
        }
    }

    private static string Json(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(id => id.ToString("D")));
}
