namespace NinjaIam.Web.Accounts;

/// <summary>Names of the authorization policies, for <c>[Authorize(Policies.SystemAdministrator)]</c>.</summary>
public static class Policies
{
    public const string SystemAdministrator = "SystemAdministrator";

    /// <summary>
    /// Everybody who is signed in. What such a page shows and does, its services decide by what the roles of the person permit at that moment.
    /// </summary>
    public const string SignedIn = "SignedIn";
}
