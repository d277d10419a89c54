using NinjaIam.Core.Accounts;

namespace NinjaIam.Web.Accounts;

/// <summary>Where to go after signing in: a page of ours and nothing else, whatever stands in the address.</summary>
internal static class LocalPath
{
    public const string Start = "/";

    public static string Of(string? wanted) => wanted is not null && IsLocal(wanted) ? wanted : Start;

    /// <summary>The same for somebody who has signed in just now: they land where people of their kind do, unless another page was asked for.</summary>
    public static string Of(string? wanted, AccountKind kind) => Of(wanted) is var path && path != Start ? path : HomePaths.Of(kind);

    // Browsers read "//host", "/\host" and both with control characters in between as another site.
    private static bool IsLocal(string path) =>
        path.StartsWith('/')
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\')
        && !path.Any(char.IsControl)
        && !path.StartsWith(SignInServices.SignInPath, StringComparison.OrdinalIgnoreCase)
        && !path.StartsWith(SignInServices.SignOutPath, StringComparison.OrdinalIgnoreCase);
}
