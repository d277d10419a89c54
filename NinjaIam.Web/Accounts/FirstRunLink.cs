using System.Security.Cryptography;
using System.Text;

namespace NinjaIam.Web.Accounts;

public enum FirstRunLinkState
{
    Open,
    Wrong,
    Expired,
    Used,
}

/// <summary>
/// The one-time link that creates the first system administrator of an empty installation. Only its digest is kept, in memory:
/// every start makes a new one.
/// </summary>
public sealed class FirstRunLink(TimeProvider clock)
{
    public const string Path = "/first-run/";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private byte[] _digest = [];
    private DateTimeOffset _expiresAt;
    private bool _used;

    /// <summary>Makes the link and ends the one before.</summary>
    /// <returns>The path with the secret, for the terminal and nowhere else.</returns>
    public string Create()
    {
        var secret = RandomNumberGenerator.GetHexString(40, lowercase: true);
        (_digest, _expiresAt, _used) = (DigestOf(secret), clock.GetUtcNow() + Lifetime, false);
        return Path + secret;
    }

    public FirstRunLinkState Check(string secret)
    {
        if (!CryptographicOperations.FixedTimeEquals(_digest, DigestOf(secret)))
        {
            return FirstRunLinkState.Wrong;
        }

        return _used ? FirstRunLinkState.Used
            : clock.GetUtcNow() >= _expiresAt ? FirstRunLinkState.Expired
            : FirstRunLinkState.Open;
    }

    public void MarkUsed() => _used = true;

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
