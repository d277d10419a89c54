using Microsoft.AspNetCore.Identity;

namespace NinjaIam.Core.Accounts;

/// <summary>
/// A passkey of a person: the public key of a credential whose private one never leaves their device or password manager. Whoever has one
/// has <see cref="IdentityUser{TKey}.TwoFactorEnabled"/>.
/// </summary>
public sealed class Passkey : IdentityUserPasskey<Guid>
{
    /// <summary>UTC; null until it signed its person in, or confirmed who they are.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A challenge that a passkey answered rightly. It must not be answered again.</summary>
public sealed class UsedPasskeyChallenge
{
    public required byte[] Digest { get; init; }

    /// <summary>From when on the challenge is too old anyway (UTC).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
