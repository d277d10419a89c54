namespace NinjaIam.Core.Accounts.Factors;

/// <summary>A way to choose a password that an administrator opened for somebody. A new one replaces it.</summary>
public sealed class PasswordLink
{
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the secret, which is kept nowhere.</summary>
    public required byte[] Digest { get; set; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}
