using System.Text;
using System.Text.RegularExpressions;

namespace NinjaIam.Core.Journal.Requests;

/// <summary>
/// Takes out of texts everything that is not on a list of what may stay. What cannot be read is taken out whole: a value that was put in
/// the wrong place must not get through.
/// </summary>
internal static partial class Redaction
{
    public const string Removed = "…";

    private const int LongestName = 200;
    private const int LongestQuery = 1_000;
    private const int LongestDetail = 600;
    private const int MostSegments = 8;

    private static readonly HashSet<string> Operators = new(
        ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> PathWords = new(
        ["scim", "v2", "Users", "Groups", "Me", "Bulk", "Schemas", "ResourceTypes", "ServiceProviderConfig", "User", "Group", ".search"],
        StringComparer.OrdinalIgnoreCase
    );

    private enum Expected
    {
        Attribute,
        Operator,
        Value,
        Conjunction,
    }

    public static bool IsId(string text) => Guid.TryParseExact(text, "D", out _);

    /// <summary>The name of an attribute, also with its schema or a sub-attribute.</summary>
    public static bool IsName(string text) => text.Length <= LongestName && Name().IsMatch(text);

    public static bool IsSchema(string text) => text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && IsName(text);

    /// <summary>An attribute path as PATCH and flat names have it; literals in its filter are taken out.</summary>
    public static string AttributePath(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return IsName(text) ? text : Removed;
        }

        var close = text.LastIndexOf(']');
        if (close < open || !IsName(text[..open]) || !Rest().IsMatch(text[(close + 1)..]))
        {
            return Removed;
        }

        return $"{text[..open]}[{Filter(text[(open + 1)..close])}]{text[(close + 1)..]}";
    }

    /// <summary>A filter with its literals taken out; identifiers, true, false and null stay.</summary>
    public static string Filter(string text)
    {
        var result = new StringBuilder(text.Length);
        var expected = Expected.Attribute;
        var last = "";
        foreach (Match match in FilterToken().Matches(text))
        {
            var token = match.Value;
            switch (expected)
            {
                case Expected.Attribute when token is "(" || token.Equals("not", StringComparison.OrdinalIgnoreCase):
                    break;
                case Expected.Attribute when IsName(token):
                    expected = Expected.Operator;
                    break;
                case Expected.Operator when token is "[":
                    expected = Expected.Attribute;
                    break;
                case Expected.Operator when token.Equals("pr", StringComparison.OrdinalIgnoreCase):
                    expected = Expected.Conjunction;
                    break;
                case Expected.Operator when Operators.Contains(token):
                    expected = Expected.Value;
                    break;
                case Expected.Value when token.Length > 1 && token[0] == '"':
                    token = IsId(token[1..^1]) ? token : $"\"{Removed}\"";
                    expected = Expected.Conjunction;
                    break;
                case Expected.Value when token is "true" or "false" or "null":
                    expected = Expected.Conjunction;
                    break;
                case Expected.Conjunction when token is ")" or "]":
                    break;
                case Expected.Conjunction
                    when token.Equals("and", StringComparison.OrdinalIgnoreCase) || token.Equals("or", StringComparison.OrdinalIgnoreCase):
                    expected = Expected.Attribute;
                    break;
                default:
                    return Removed;
            }

            var joins = result.Length == 0 || last is "(" or "[" || token is ")" or "]" or "[";
            result.Append(joins ? token : " " + token);
            last = token;
        }

        return expected == Expected.Conjunction ? result.ToString() : Removed;
    }

    /// <summary>Path and query of a request; what is no word of the protocol, identifier or schema is taken out.</summary>
    /// <param name="route">The address that answered, below the base URL: its words may stay.</param>
    public static string Address(string path, string query, string route = "")
    {
        var words = route.Split('/');
        var result = new StringBuilder();
        var segments = path.Split('/');
        for (var index = 0; index < segments.Length; index++)
        {
            var segment = segments[index];
            // The third is the unique identifier of the provider, whose token was shown with it.
            var stays =
                segment.Length == 0
                || index == 3
                || PathWords.Contains(segment)
                || words.Contains(segment, StringComparer.OrdinalIgnoreCase)
                || IsId(segment)
                || IsSchema(segment);
            if (index > 0)
            {
                result.Append('/');
            }

            result.Append(stays ? segment : Removed);
        }

        var separator = '?';
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (result.Length > LongestQuery)
            {
                return result + Removed;
            }

            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            result.Append(separator).Append(IsName(name) ? name : Removed);
            if (equals >= 0)
            {
                result.Append('=').Append(Parameter(name, Decode(pair[(equals + 1)..])));
            }

            separator = '&';
        }

        return result.ToString();
    }

    /// <summary>The path of an operation in a bulk request.</summary>
    public static string ResourcePath(string text) =>
        string.Join(
            '/',
            text.Split('/').Take(MostSegments).Select(part => part.Length == 0 || PathWords.Contains(part) || IsId(part) ? part : Removed)
        );

    /// <summary>A sentence of ours: what it quotes is taken out.</summary>
    public static string Detail(string text) =>
        WithSign()
            .Replace(Quoted().Replace(text.Length <= LongestDetail ? text : text[..LongestDetail] + Removed, $"\"{Removed}\""), Removed);

    private static string Parameter(string name, string value) =>
        name switch
        {
            "filter" => Filter(value),
            "attributes" or "excludedAttributes" or "sortBy" => string.Join(
                ',',
                value.Split(',', StringSplitOptions.TrimEntries).Select(AttributePath)
            ),
            "startIndex" or "count" when value.Length < 12 && value.All(char.IsAsciiDigit) => value,
            "sortOrder" when value.ToLowerInvariant() is "ascending" or "descending" => value,
            _ => value.Length == 0 ? "" : Removed,
        };

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex(@"^[$A-Za-z_][A-Za-z0-9_.:$\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\.[$A-Za-z_][A-Za-z0-9_\-]*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();

    [GeneratedRegex("""\"(?:[^"\\]|\\.)*\"|[()\[\]"]|[^\s()\[\]"]+""", RegexOptions.CultureInvariant)]
    private static partial Regex FilterToken();

    // One that is never closed reaches to the end.
    [GeneratedRegex("""\"(?:[^"\\]|\\.)*(?:\"|$)""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\S*@\S*", RegexOptions.CultureInvariant)]
    private static partial Regex WithSign();
}
