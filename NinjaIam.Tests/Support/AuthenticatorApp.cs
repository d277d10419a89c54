using OtpNet;

namespace NinjaIam.Tests.Support;

/// <summary>The app on somebody's telephone.</summary>
/// <param name="key">As it is shown to be typed.</param>
internal sealed class AuthenticatorApp(string key)
{
    private readonly Totp _codes = new(Base32Encoding.ToBytes(key.Replace(" ", "", StringComparison.Ordinal)));

    public string CodeAt(DateTimeOffset now) => _codes.ComputeTotp(now.UtcDateTime);
}
