using System.Security.Claims;
using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Where people land.</summary>
internal static class HomePaths
{
    public const string Dashboard = "/";
    public const string Home = "/home";
    public const string Profile = "/profile";

    public static string Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.SystemAdministrator => Dashboard,
            AccountKind.Technician => Home,
            AccountKind.EndUser => Profile,
            _ => SignInServices.NoAccessPath,
        };

    /// <summary>The page that says there is nothing for somebody whose kind is not known.</summary>
    public static string Of(ClaimsPrincipal person) =>
        Enum.TryParse<AccountKind>(person.FindFirstValue(PersonClaims.Kind), out var kind) && Enum.IsDefined(kind)
            ? Of(kind)
            : SignInServices.NoAccessPath;
}
