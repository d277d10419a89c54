namespace NinjaIam.Core.Accounts.Factors;

/// <summary>The authenticator app of a person. Keys are encrypted by the keys of the installation and by nothing in the database.</summary>
public sealed class SecondFactor
{
    public required Guid AccountId { get; init; }

    /// <summary>The key that counts; null until the first one was confirmed by a code.</summary>
    public byte[]? Key { get; set; }

    /// <summary>A key that was shown and not confirmed yet; null when none is.</summary>
    public byte[]? NewKey { get; set; }

    /// <summary>When the key that counts was confirmed (UTC).</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>
    /// The latest thirty-second step whose code was used, counted from the year 1970. Codes of it and of earlier ones are refused, so that
    /// each works once.
    /// </summary>
    public long LastStep { get; set; }
}

/// <summary>A code that stands in once for an authenticator app that was lost. Only its digest is kept.</summary>
public sealed class RecoveryCode
{
    public required Guid AccountId { get; init; }

    public required byte[] Digest { get; init; }

    /// <summary>UTC; null while it works.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
