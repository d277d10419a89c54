using System.Security.Cryptography;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>
/// The part of a provider's addresses that names it: 12 lower-case letters and digits, a letter first.
/// It is pasted into foreign consoles, so it is created once and never changes.
/// </summary>
public static class UniqueIdentifier
{
    public const int Length = 12;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string LettersAndDigits = Letters + "0123456789";

    public static string Create() =>
        RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(LettersAndDigits, Length - 1);

    public static bool IsWellFormed(string? text) =>
        text is { Length: Length }
        && char.IsAsciiLetterLower(text[0])
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));
}
