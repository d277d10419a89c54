namespace NinjaIam.Core.Accounts;

/// <summary>The one word that lists show for a person; the first that holds in the order Blocked, Inactive, Active.</summary>
public enum AccountStatus
{
    Active,
    Inactive,
    Blocked,
}
