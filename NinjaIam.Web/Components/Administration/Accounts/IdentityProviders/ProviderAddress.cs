using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Where the pages about identity providers are.</summary>
internal static class ProviderAddress
{
    public const string List = "/administration/accounts/identity-providers";
    public const string Add = $"{List}/new";
    public const string CloneParameter = "from";
    public const string SingleSignOnTab = "single-sign-on";
    public const string MappingTab = "mapping";
    public const string UsersTab = "users";
    public const string SettingsTab = "settings";
    public const string SetupTab = "setup";

    public static string Step(Guid draft, AddProviderStep step) => $"{Add}/{draft}/{NameOf(step)}";

    public static string Of(string identifier, string? tab = null) =>
        tab is null ? $"{List}/{identifier}" : $"{List}/{identifier}?tab={tab}";

    /// <summary>Add provider, begun with the vendor and the boundary of a provider that exists.</summary>
    public static string Clone(string identifier) => QueryHelpers.AddQueryString(Add, CloneParameter, identifier);

    public static string Users(string identifier) => Filtered("/administration/accounts/users", identifier);

    public static string Groups(string identifier) => Filtered("/administration/accounts/groups", identifier);

    public static string User(Guid id) => $"/administration/accounts/users/{id}";

    public static string Activities(string identifier) => Filtered("/activities", identifier);

    public static string Refusals(string identifier) => QueryHelpers.AddQueryString(Activities(identifier), "result", "refused");

    /// <summary>How a value of an enumeration stands in an address.</summary>
    public static string NameOf<TValue>(TValue value)
        where TValue : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Filtered(string path, string identifier) => QueryHelpers.AddQueryString(path, "provider", identifier);
}
