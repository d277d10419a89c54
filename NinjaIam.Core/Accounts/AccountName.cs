namespace NinjaIam.Core.Accounts;

/// <summary>The one rule for what a person is called.</summary>
public static class AccountName
{
    public static string Of(string? displayName, string? givenName, string? familyName, string? userName)
    {
        if (!string.IsNullOrWhiteSpace(displayName))
        {
            return displayName;
        }

        var full = $"{givenName} {familyName}".Trim();
        return full.Length > 0 ? full : userName ?? "";
    }

    /// <summary>Everything that a search for people should find one by.</summary>
    public static string SearchText(string? userName, string? email, string name, string? givenName, string? familyName) =>
        $"{userName}\n{email}\n{name}\n{givenName} {familyName}";
}
