using System.Text.Json;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Care;

/// <summary>Whether the journal is whole: no row is missing, and none was changed since it was appended.</summary>
internal static class JournalCheck
{
    public static async Task RunAsync(VerificationRun run)
    {
        await using var statement = run.Statement(
            """
            SELECT j."Seq", j."At", j."RequestId", j."ActorKind", j."ActorId", j."ActorToken", j."Address", j."UserAgent", j."ProviderId",
                j."OrganizationId", j."ResourceType", j."ResourceId", j."Kind", j."VersionBefore", j."VersionAfter", j."Salt",
                j."ValuesDigest", j."Digest", v."Actor", v."Subject", v."Changes"
            FROM journal j LEFT JOIN journal_values v ON v."Seq" = j."Seq" ORDER BY j."Seq"
            """
        );
        await using (var rows = await statement.ExecuteReaderAsync())
        {
            var (previous, digest) = (0L, Array.Empty<byte>());
            while (await rows.ReadAsync())
            {
                var seq = rows.GetInt64(0);
                if (seq != previous + 1)
                {
                    await run.FoundAsync(
                        seq == previous + 2
                            ? $"Journal row {previous + 1} is missing."
                            : $"Journal rows {previous + 1} to {seq - 1} are missing."
                    );
                }
                else if (!DigestOf(rows, digest).AsSpan().SequenceEqual(Bytes(rows, 17)))
                {
                    await run.FoundAsync($"Journal row {seq}, or the digest of the row before it, was changed.");
                }

                await CheckValuesAsync(run, rows);
                (previous, digest) = (seq, Bytes(rows, 17));
                await run.CheckedAsync();
            }
        }

        await using var orphans = run.Statement("""SELECT "Seq" FROM journal_values WHERE "Seq" NOT IN (SELECT "Seq" FROM journal)""");
        await using var left = await orphans.ExecuteReaderAsync();
        while (await left.ReadAsync())
        {
            await run.FoundAsync($"The values of journal row {left.GetInt64(0)} are there without the row.");
        }
    }

    private static async Task CheckValuesAsync(VerificationRun run, SqlRows rows)
    {
        var (seq, hasSalt, hasValues) = (rows.GetInt64(0), !rows.IsDBNull(15), !rows.IsDBNull(18));
        if (hasSalt != hasValues)
        {
            // Salt and values are erased together.
            await run.FoundAsync(
                hasSalt
                    ? $"The values of journal row {seq} are missing, though nobody erased them."
                    : $"The values of journal row {seq} can't be checked, as their salt is missing."
            );
        }
        else if (hasValues && !ValuesAreTrue(rows))
        {
            await run.FoundAsync($"The values of journal row {seq} were changed.");
        }
    }

    private static bool ValuesAreTrue(SqlRows rows)
    {
        try
        {
            var changes = PackedChanges.Unpack(rows.GetText(20));
            var digest = JournalDigests.OfValues(Bytes(rows, 15), rows.GetString(18), rows.GetText(19), changes);
            return digest.AsSpan().SequenceEqual(Bytes(rows, 16));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] DigestOf(SqlRows rows, byte[] previous)
    {
        var actor = new Actor((ActorKind)rows.GetInt32(3), Id(rows, 4), "", rows.GetText(5));
        var entry = new JournalEntry(rows.GetString(12))
        {
            ProviderId = Id(rows, 8),
            OrganizationId = rows.IsDBNull(9) ? null : rows.GetInt32(9),
            ResourceType = rows.GetText(10),
            ResourceId = rows.GetText(11),
            VersionBefore = rows.IsDBNull(13) ? null : rows.GetInt64(13),
            VersionAfter = rows.IsDBNull(14) ? null : rows.GetInt64(14),
        };
        var origin = new Origin(actor, rows.GetString(2), rows.GetText(6), rows.GetText(7));
        return JournalDigests.OfRow(previous, rows.GetInt64(0), rows.GetInstant(1), origin, entry, Bytes(rows, 16));
    }

    private static byte[] Bytes(SqlRows rows, int column) => rows.GetBytes(column);

    private static Guid? Id(SqlRows rows, int column) => rows.IsDBNull(column) ? null : rows.GetId(column);
}
