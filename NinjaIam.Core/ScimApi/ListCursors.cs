using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.ScimApi.ListCursors");

    /// <summary>What makes a list the same list.</summary>
    public static string ListOf(Guid providerId, ResourceQuery query)
    {
        var types = query.Types.Select(wanted => $"{wanted.Type.Name}\n{wanted.Filter}");
        return Convert.ToBase64String(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{providerId:N}\n{query.Sort?.Name}\n{string.Join('\n', types)}"))
        );
    }

    public string? Write(string list, ListPosition? place) =>
        place is null
            ? null
            : Base64Url.EncodeToString(
                _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new Content(list, clock.GetUtcNow().ToUnixTimeSeconds(), place)))
            );

    public ScimOutcome<ListPosition> Read(string list, string cursor)
    {
        if (Open(cursor) is not { } content || content.List != list)
        {
            return ScimError.InvalidCursor(
                "This cursor is not one of this list. Send it unchanged, with the same filter and order, or start again with an empty cursor."
            );
        }

        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(content.Time);
        return age > ServiceProviderConfiguration.CursorTimeout
            ? ScimError.ExpiredCursor("This cursor is too old. Start again with an empty cursor.")
            : content.Place;
    }

    private Content? Open(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(_protector.Unprotect(Base64Url.DecodeFromChars(cursor)));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private sealed record Content(string List, long Time, ListPosition Place);
}
