using System.Security.Cryptography;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>Appends what changed to the journal, in the transaction of the change itself.</summary>
public sealed class ChangeJournal(ChangeFeed feed)
{
    private const int SaltBytes = 16;

    /// <summary>Appends the entry and, once durable, tells the change feed that <paramref name="topic"/> changed.</summary>
    public async Task AppendAsync(WriteScope scope, Origin origin, JournalEntry entry, ChangeTopic topic)
    {
        var (previousSeq, previousDigest) = scope.Carried as Head ?? await LastAsync(scope);
        var seq = previousSeq + 1;
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var valuesDigest = JournalDigests.OfValues(salt, origin.Actor.Name, entry.Subject, entry.Changes);
        var digest = JournalDigests.OfRow(previousDigest, seq, scope.Now, origin, entry, valuesDigest);
        await AppendRowAsync(scope, origin, entry, seq, salt, valuesDigest, digest);
        await AppendValuesAsync(scope, origin, entry, seq);
        scope.Carried = new Head(seq, digest);
        scope.AfterCommit(() => feed.Publish(new Change(topic, entry.ProviderId)));
    }

    private static async Task AppendRowAsync(
        WriteScope scope,
        Origin origin,
        JournalEntry entry,
        long seq,
        byte[] salt,
        byte[] valuesDigest,
        byte[] digest
    )
    {
        await using var row = scope.Statement(
            """
            INSERT INTO journal("Seq", "At", "RequestId", "ActorKind", "ActorId", "ActorToken", "Address", "UserAgent", "ProviderId",
                "OrganizationId", "ResourceType", "ResourceId", "Kind", "VersionBefore", "VersionAfter", "Salt", "ValuesDigest", "Digest")
            VALUES ($seq, $at, $request, $actorKind, $actor, $token, $address, $agent, $provider,
                $organization, $type, $resource, $kind, $before, $after, $salt, $valuesDigest, $digest)
            """,
            ("$seq", seq),
            ("$at", scope.Now),
            ("$request", origin.RequestId),
            ("$actorKind", origin.Actor.Kind),
            ("$actor", origin.Actor.Id),
            ("$token", origin.Actor.Token),
            ("$address", origin.Address),
            ("$agent", origin.UserAgent),
            ("$provider", entry.ProviderId),
            ("$organization", entry.OrganizationId),
            ("$type", entry.ResourceType),
            ("$resource", entry.ResourceId),
            ("$kind", entry.Kind),
            ("$before", entry.VersionBefore),
            ("$after", entry.VersionAfter),
            ("$salt", salt),
            ("$valuesDigest", valuesDigest),
            ("$digest", digest)
        );
        await row.ExecuteNonQueryAsync();
    }

    private static async Task AppendValuesAsync(WriteScope scope, Origin origin, JournalEntry entry, long seq)
    {
        await using var values = scope.Statement(
            """
            INSERT INTO journal_values("Seq", "Actor", "Subject", "Member", "Added", "Removed", "Changes")
            VALUES ($seq, $actor, $subject, $member, $added, $removed, $changes)
            """,
            ("$seq", seq),
            ("$actor", origin.Actor.Name),
            ("$subject", entry.Subject),
            ("$member", entry.Members?.OnlyName),
            ("$added", entry.Members?.Added ?? 0),
            ("$removed", entry.Members?.Removed ?? 0),
            ("$changes", PackedChanges.Pack(entry.Changes))
        );
        await values.ExecuteNonQueryAsync();
    }

    private static async Task<Head> LastAsync(WriteScope scope)
    {
        await using var statement = scope.Statement("""SELECT "Seq", "Digest" FROM journal ORDER BY "Seq" DESC LIMIT 1""");
        await using var rows = await statement.ExecuteReaderAsync();
        return await rows.ReadAsync() ? new Head(rows.GetInt64(0), rows.GetBytes(1)) : new Head(0, []);
    }

    /// <summary>Where the chain ends: the next row follows it.</summary>
    private sealed record Head(long Seq, byte[] Digest);
}
