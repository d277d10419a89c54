namespace NinjaIam.Core.Scim.Dialects;

/// <summary>URNs of earlier versions and misspellings that clients send, and what they mean today.</summary>
public static class SchemaAliases
{
    private const string EnterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    // OneLogin sends the second; the third is a misspelling in a vendor's samples.
    private static readonly string[] EnterpriseAliases =
    [
        "urn:scim:schemas:extension:enterprise:1.0",
        "urn:scim:schemas:extension:enterprise:2.0",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0User",
    ];

    /// <summary>The name with today's URN at its start. False when it is not a known alias.</summary>
    public static bool TryTranslate(string name, out string today)
    {
        foreach (var alias in EnterpriseAliases)
        {
            if (name.StartsWith(alias, StringComparison.OrdinalIgnoreCase) && (name.Length == alias.Length || name[alias.Length] == ':'))
            {
                var rest = name[alias.Length..];
                var isUser = rest.StartsWith(":User", StringComparison.OrdinalIgnoreCase) && (rest.Length == 5 || rest[5] == ':');
                today = EnterpriseUser + (isUser ? rest[5..] : rest);
                return true;
            }
        }

        today = name;
        return false;
    }
}
