using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Core.Tokens;

/// <summary>
/// How a SCIM token is written: <c>njs_</c>, eight characters that name it, <c>_</c>, 43 random characters (256 bits) and six
/// characters of CRC-32 over all before them. The checksum is no protection; it lets typing errors and secret scanners be answered cheaply.
/// </summary>
public static class ScimTokenText
{
    /// <summary>For secret scanners.</summary>
    public const string Pattern = "njs_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}";

    private const string Prefix = "njs_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int PublicIdLength = 8;
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 4 + PublicIdLength + 1 + SecretLength + ChecksumLength;

    /// <summary>Makes a new token. The text is the only copy of its secret.</summary>
    public static (string PublicId, string Text) Create()
    {
        var publicId = RandomNumberGenerator.GetString(Base62, PublicIdLength);
        var body = $"{Prefix}{publicId}_{RandomNumberGenerator.GetString(Base62, SecretLength)}";
        return (publicId, body + ChecksumOf(body));
    }

    /// <summary>SHA-256 over the whole token: what is stored and compared. Enough for 256 random bits; passwords need more.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The public id, or null when the text cannot be a token of ours.</summary>
    public static string? PublicIdOf(string text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + PublicIdLength] != '_')
        {
            return null;
        }

        var body = text[..^ChecksumLength];
        return ChecksumOf(body) == text[^ChecksumLength..] ? text.Substring(Prefix.Length, PublicIdLength) : null;
    }

    /// <summary>The part of a token that may be shown: its public id with the prefix and an ellipsis.</summary>
    public static string Shown(string publicId) => $"{Prefix}{publicId}…";

    private static string ChecksumOf(string body)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var character in body)
        {
            crc ^= (byte)character;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
            }
        }

        crc = ~crc;
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var position = ChecksumLength - 1; position >= 0; position--)
        {
            digits[position] = Base62[(int)(crc % 62)];
            crc /= 62;
        }

        return new string(digits);
    }
}
