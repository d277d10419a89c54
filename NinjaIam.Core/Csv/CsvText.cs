using System.Buffers;
using System.Text;

namespace NinjaIam.Core.Csv;

/// <summary>
/// Lines of comma-separated values as RFC 4180 has them. Nothing in them is taken for a formula by a program for tables: where one could
/// begin, an apostrophe stands before it. Such programs may split at other signs than commas, so a formula could begin behind those too.
/// </summary>
public static class CsvText
{
    private const string LineEnd = "\r\n";

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",;\t\r\n");

    /// <summary>One line with its end.</summary>
    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + LineEnd;

    private static string Cell(string? text)
    {
        var safe = WithoutFormula(text ?? "");
        return !safe.AsSpan().ContainsAny(NeedQuotes) && safe == safe.Trim()
            ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The text as a table shows it: the same, or with an apostrophe wherever a formula could begin.</summary>
    public static string WithoutFormula(string text)
    {
        var safe = new StringBuilder(text.Length);
        var isBeginning = true;
        foreach (var letter in text)
        {
            if (isBeginning && BeginsFormula(letter))
            {
                safe.Append('\'');
            }

            safe.Append(letter);
            isBeginning = EndsCell(letter) || (isBeginning && char.IsWhiteSpace(letter));
        }

        return safe.ToString();
    }

    // The wide forms mean the same to programs that know East Asian keyboards.
    private static bool BeginsFormula(char letter) =>
        letter is '=' or '+' or '-' or '@' or '\t' or '\r' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';

    private static bool EndsCell(char letter) => letter is ',' or ';' or '\t' or '\r' or '\n' or '"';
}
