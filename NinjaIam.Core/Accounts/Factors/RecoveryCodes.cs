using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>New recovery codes, to be shown once: they exist nowhere afterwards.</summary>
public sealed record NewRecoveryCodes(IReadOnlyList<string> Codes)
{
    // A record prints its members. The codes must not end up in a log.
    public override string ToString() => $"{Codes.Count} recovery codes";
}

/// <summary>Makes recovery codes and their digests.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    // 24 of 32 letters are 120 random bits: enough that a plain digest can't be turned back by trying. None is mistaken for another.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Length = 24;
    private const int Group = 6;

    /// <summary>New codes in groups of six letters, to be shown once.</summary>
    public static NewRecoveryCodes Create() => new([.. Enumerable.Range(0, Count).Select(_ => CreateOne())]);

    /// <summary>The digest of a code however it was typed: spaces, hyphens and capital letters do not count. Null for what can be none.</summary>
    public static byte[]? DigestOf(string text)
    {
        var letters = new string([.. text.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        return letters.Length == Length ? SHA256.HashData(Encoding.ASCII.GetBytes(letters)) : null;
    }

    private static string CreateOne() =>
        string.Join('-', RandomNumberGenerator.GetString(Letters, Length).Chunk(Group).Select(part => new string(part)));
}
