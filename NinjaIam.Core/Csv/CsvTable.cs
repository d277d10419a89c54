using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using NinjaIam.Core.Outcomes;

namespace NinjaIam.Core.Csv;

/// <param name="Number">The line that it begins on; the first of the file is 1.</param>
/// <param name="IsBroken">Its quotes are not as RFC 4180 has them, so the cells mean nothing.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string> Cells, bool IsBroken);

/// <summary>
/// Reads lines of comma-separated values as RFC 4180 has them, in UTF-8. Programs for tables write semicolons instead of commas where commas
/// divide numbers: the first line tells.
/// </summary>
public static class CsvTable
{
    /// <param name="mostLines">More lines than this refuse the file.</param>
    public static Outcome<IReadOnlyList<CsvLine>> Read(ReadOnlyMemory<byte> file, int mostLines)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(file.Span)
                .TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Refuse("The file is not in UTF-8. Save it as “CSV UTF-8” and choose it again.");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Refuse("The file is no text. Save the table as “CSV UTF-8” and choose it again.");
        }

        var isBroken = false;
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = DelimiterOf(text),
                Mode = CsvMode.RFC4180,
                IgnoreBlankLines = false,
                DetectColumnCountChanges = false,
                BadDataFound = _ => isBroken = true,
            }
        );
        var lines = new List<CsvLine>();
        var before = 0;
        while (parser.Read())
        {
            var cells = parser.Record ?? [];
            var isBlank = cells.All(cell => cell.Length == 0) && cells.Length < 2;
            if (!isBlank && lines.Count == mostLines)
            {
                return Refuse(string.Create(CultureInfo.InvariantCulture, $"The file has more than {mostLines - 1:N0} people. Divide it."));
            }

            if (!isBlank)
            {
                lines.Add(new CsvLine(before + 1, [.. cells.Select(cell => cell.Trim())], isBroken));
            }

            (before, isBroken) = (parser.RawRow, false);
        }

        return lines;
    }

    private static string DelimiterOf(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var first = end < 0 ? text : text[..end];
        return first.Contains(';', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal) ? ";" : ",";
    }

    private static Refusal Refuse(string detail) => new(RefusalKind.InvalidValue, detail);
}
