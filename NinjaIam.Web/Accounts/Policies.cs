namespace NinjaIam.Web.Accounts;

/// <summary>Names of the authorization policies, for <c>[Authorize(Policies.SystemAdministrator)]</c>.</summary>
public static class Policies
{
    public const string SystemAdministrator = "SystemAdministrator";
}
