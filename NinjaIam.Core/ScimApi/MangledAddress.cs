using Microsoft.AspNetCore.Http;

namespace NinjaIam.Core.ScimApi;

/// <summary>What Entra makes of a base URL that ends with its flag: it appends paths behind the question mark.</summary>
/// <param name="Flag">As in <c>aadOptscim062020</c>.</param>
/// <param name="Path">What was meant as the path, with its slash.</param>
internal sealed record MangledAddress(string Flag, string Path, QueryString Query)
{
    private const string FlagStart = "?aadOptscim";

    /// <summary>Null for every other address.</summary>
    /// <param name="query">With its question mark.</param>
    public static MangledAddress? Read(string query)
    {
        var slash = query.IndexOf('/', StringComparison.Ordinal);
        if (!query.StartsWith(FlagStart, StringComparison.OrdinalIgnoreCase) || slash < 0)
        {
            return null;
        }

        var rest = query[slash..];
        var end = rest.IndexOfAny(['?', '&']);
        return end < 0
            ? new MangledAddress(query[1..slash], rest, QueryString.Empty)
            : new MangledAddress(query[1..slash], rest[..end], new QueryString("?" + rest[(end + 1)..]));
    }
}
