using NinjaIam.Core.Tokens;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What a token may do, in words.</summary>
internal static class TokenLimits
{
    /// <summary>A sentence for each limit; none for a token that may do everything.</summary>
    public static IEnumerable<string> Of(TokenAccess access)
    {
        if (access.Scope == TokenScope.Read)
        {
            yield return ScimTexts.OnlyReads;
        }

        if (access.Networks.Count > 0)
        {
            yield return access.Networks.Count == 1
                ? Wording.Fill(ScimTexts.OnlyFrom, access.Networks[0])
                : Wording.Fill(ScimTexts.OnlyFromMany, access.Networks[0], access.Networks.Count - 1);
        }
    }

    /// <summary>One cell of a table.</summary>
    public static string InBrief(TokenAccess access)
    {
        var scope = access.Scope == TokenScope.Read ? ProviderListTexts.AccessRead : ProviderListTexts.AccessReadAndWrite;
        return access.Networks.Count == 0 ? scope : $"{scope}, {string.Join(", ", access.Networks)}";
    }
}
