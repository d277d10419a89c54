namespace NinjaIam.Core.IdentityProviders;

/// <summary>The one word for a provider's SCIM connection; the first that holds, in this order.</summary>
public enum ScimState
{
    NotEnabled,
    Disabled,
    Paused,
    Preview,
    Expired,
    Revoked,
    WaitingForFirstRequest,
    ExpiringSoon,
    Active,
}

/// <summary>The one word for a provider's single sign-on.</summary>
public enum SingleSignOnState
{
    NotConfigured,
    Disabled,
    CertificateExpired,
    CertificateExpiring,
    Enabled,

    /// <summary>A test passed with the metadata that is saved now; it can be enabled.</summary>
    Tested,
    Configured,
}

/// <summary>The one word for a token; the first that holds, in this order.</summary>
public enum TokenState
{
    Revoked,
    Expired,
    RotatingOut,
    ExpiringSoon,
    NotUsedYet,
    InUse,
}

/// <summary>When something counts as expiring.</summary>
public static class Expiry
{
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);
}
