using System.Globalization;
using OtpNet;

namespace NinjaIam.Core.Accounts.Factors;

/// <summary>A key for an authenticator app, to be scanned or typed. It is shown until a code of it was entered.</summary>
/// <param name="Key">In base 32, in groups of four letters.</param>
/// <param name="Address">What the picture that is scanned says: an <c>otpauth</c> address.</param>
public sealed record AuthenticatorKey(string Key, string Address)
{
    // A record prints its members. The key must not end up in a log.
    public override string ToString() => "Key of an authenticator";
}

/// <summary>Codes that change every thirty seconds, of six digits and by SHA-1 as every authenticator app has them (RFC 6238).</summary>
internal static class Authenticator
{
    public const int Digits = 6;
    private const string Issuer = "NinjaIam";
    private const int KeyBytes = 20;

    // RFC 6238 section 5.2 advises one step for delays; the clocks of telephones are right.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    public static byte[] CreateKey() => KeyGeneration.GenerateRandomKey(KeyBytes);

    public static AuthenticatorKey Describe(byte[] key, string name)
    {
        var text = Base32Encoding.ToString(key);
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(name)}?secret={text}&issuer={Issuer}&digits={Digits}&period=30"
        );
        return new AuthenticatorKey(string.Join(' ', text.Chunk(4).Select(part => new string(part))), address);
    }

    /// <summary>The step whose code this is, now or one step before or after; null for a wrong one.</summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now) =>
        new Totp(key, totpSize: Digits).VerifyTotp(now.UtcDateTime, code, out var step, Window) ? step : null;

    /// <summary>The digits of what was typed, or null when it can be no code.</summary>
    public static string? CodeIn(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
