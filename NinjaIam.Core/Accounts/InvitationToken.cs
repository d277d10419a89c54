using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Core.Accounts;

/// <summary>The secret of an invitation: 256 random bits as text that an address can hold. Only its digest is kept.</summary>
internal static class InvitationToken
{
    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
