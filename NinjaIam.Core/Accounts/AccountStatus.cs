namespace NinjaIam.Core.Accounts;

/// <summary>The one word that lists show for a person; the first that holds in the order Blocked, Inactive, Invited or InvitationExpired, Active.</summary>
public enum AccountStatus
{
    Active,
    Inactive,
    Blocked,

    /// <summary>Kept by hand, and may choose a password until the invitation ends.</summary>
    Invited,
    InvitationExpired,
}
