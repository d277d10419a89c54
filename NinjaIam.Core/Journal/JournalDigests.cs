using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Core.Journal;

/// <summary>The digests that chain the journal: computed when a row is appended, and again when the chain is verified.</summary>
internal static class JournalDigests
{
    /// <summary>Of everything in a row that can be personal and erased.</summary>
    public static byte[] OfValues(byte[] salt, string actor, string? subject, IReadOnlyList<ChangedValue> changes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        Append(hash, "$actor", null, actor);
        if (subject is not null)
        {
            Append(hash, "$subject", null, subject);
        }

        foreach (var change in changes)
        {
            Append(hash, change.Attribute, change.Before, change.After);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Of a whole row and, by the digest of the previous one, of all rows before it.</summary>
    /// <param name="previous">Empty for the first row.</param>
    public static byte[] OfRow(byte[] previous, long seq, DateTimeOffset at, Origin origin, JournalEntry entry, byte[] valuesDigest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (
            var part in (ReadOnlySpan<long>)[seq, at.UtcTicks, (long)origin.Actor.Kind, entry.VersionBefore ?? -1, entry.VersionAfter ?? -1]
        )
        {
            BinaryPrimitives.WriteInt64BigEndian(number, part);
            hash.AppendData(number);
        }

        Append(
            hash,
            origin.RequestId,
            origin.Actor.Id?.ToString(),
            origin.Actor.Token,
            origin.Address,
            origin.UserAgent,
            entry.ProviderId?.ToString(),
            entry.OrganizationId?.ToString(CultureInfo.InvariantCulture),
            entry.ResourceType,
            entry.ResourceId,
            entry.Kind
        );
        hash.AppendData(valuesDigest);
        return hash.GetHashAndReset();
    }

    // Each text is preceded by its length, so that no two different rows read the same.
    private static void Append(IncrementalHash hash, params ReadOnlySpan<string?> texts)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
