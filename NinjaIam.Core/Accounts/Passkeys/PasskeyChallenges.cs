using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace NinjaIam.Core.Accounts.Passkeys;

/// <summary>What an answer of a passkey is for.</summary>
internal enum PasskeyPurpose
{
    SignIn,

    /// <summary>For a sign-in whose first factor was right.</summary>
    SecondFactor,
    StepUp,

    /// <summary>For a new passkey.</summary>
    Add,
}

/// <summary>A challenge that a browser was given.</summary>
/// <param name="AccountId">Whose answer it asks for; null for anybody's.</param>
/// <param name="SessionId">The sign-in it was asked in; null before one.</param>
/// <param name="State">What Identity checks the answer with.</param>
/// <param name="At">When it was given (UTC).</param>
internal sealed record PasskeyChallenge(PasskeyPurpose Purpose, Guid? AccountId, Guid? SessionId, string State, DateTimeOffset At)
{
    /// <summary>How long an answer may take; browsers are told the same.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
}

/// <summary>
/// The challenge that a browser has to answer, in a cookie of its own that only we can write and read. An answer that another browser sends
/// is one to nothing. Giving one writes nothing here, so that nobody can fill the database.
/// </summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "ninjaiam-passkey";

    private readonly IDataProtector _protector = protection.CreateProtector("NinjaIam.Passkeys.Challenges");

    /// <summary>Gives the browser a challenge in place of an earlier one.</summary>
    public void Keep(HttpContext http, PasskeyChallenge challenge) =>
        http.Response.Cookies.Append(NameIn(http), _protector.Protect(JsonSerializer.Serialize(challenge)), OptionsOf(http));

    /// <summary>The challenge of the browser, which has none any more; null when it had none, or took too long.</summary>
    public PasskeyChallenge? Take(HttpContext http)
    {
        if (http.Request.Cookies[NameIn(http)] is not { Length: > 0 } cookie)
        {
            return null;
        }

        http.Response.Cookies.Delete(NameIn(http), OptionsOf(http));
        try
        {
            var challenge = JsonSerializer.Deserialize<PasskeyChallenge>(_protector.Unprotect(cookie));
            return challenge is not null && clock.GetUtcNow() < challenge.At + PasskeyChallenge.Lasts ? challenge : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            // Not written by us, or under keys that are gone.
            return null;
        }
    }

    private static CookieOptions OptionsOf(HttpContext http) =>
        new()
        {
            Path = "/",
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = PasskeyChallenge.Lasts,
        };

    private static string NameIn(HttpContext http) => http.Request.IsHttps ? "__Host-" + Name : Name;
}
