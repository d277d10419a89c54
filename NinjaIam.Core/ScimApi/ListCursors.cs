using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.ScimApi;

/// <summary>
/// The cursors of RFC 9865. A cursor holds its place itself, encrypted and signed, so that the server remembers nothing; it serves the
/// list it was made for and no other.
/// </summary>
internal sealed class ListCursors(IDataProtectionProvider protection, TimeProvider clock)
{
    // Numbers have a fixed width: how long a cursor is must not tell how much other providers have.
    private const int TimeAt = SHA256.HashSizeInBytes;
    private const int SeqAt = TimeAt + sizeof(long);
    private const int FormAt = SeqAt + sizeof(long);
    private const int KeyAt = FormAt + 1;
    private const byte Backwards = 1;
    private const byte HasKey = 2;

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.ScimApi.ListCursors");

    /// <summary>What makes a list the same list.</summary>
    public static byte[] ListOf(Guid providerId, ResourceQuery query)
    {
        var types = query.Types.Select(wanted => $"{wanted.Type.Name}\n{wanted.Filter}");
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{providerId:N}\n{query.Sort?.Name}\n{string.Join('\n', types)}"));
    }

    public string? Write(byte[] list, ListPosition? place)
    {
        if (place is null)
        {
            return null;
        }

        var content = new byte[KeyAt + Encoding.UTF8.GetByteCount(place.Key ?? "")];
        list.CopyTo(content, 0);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(TimeAt), clock.GetUtcNow().ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(SeqAt), place.Seq);
        content[FormAt] = (byte)((place.Backwards ? Backwards : 0) | (place.Key is null ? 0 : HasKey));
        Encoding.UTF8.GetBytes(place.Key ?? "", content.AsSpan(KeyAt));
        return Base64Url.EncodeToString(_protector.Protect(content));
    }

    public ScimOutcome<ListPosition> Read(byte[] list, string cursor)
    {
        if (Open(cursor) is not { Length: >= KeyAt } content || !content.AsSpan(0, TimeAt).SequenceEqual(list))
        {
            return ScimError.InvalidCursor(
                "This cursor is not one of this list. Send it unchanged, with the same filter and order, or start again with an empty cursor."
            );
        }

        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(TimeAt)));
        if (age > ServiceProviderConfiguration.CursorTimeout)
        {
            return ScimError.ExpiredCursor("This cursor is too old. Start again with an empty cursor.");
        }

        var form = content[FormAt];
        return new ListPosition(
            (form & HasKey) == 0 ? null : Encoding.UTF8.GetString(content.AsSpan(KeyAt)),
            BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(SeqAt)),
            (form & Backwards) != 0
        );
    }

    private byte[]? Open(string cursor)
    {
        try
        {
            return _protector.Unprotect(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
