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
}
