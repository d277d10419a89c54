using System.Globalization;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using NinjaIam.Core.Csv;
using Xunit;

namespace NinjaIam.Tests.Core.Csv;

public sealed class CsvTextTests
{
    private const string Formulas = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private const string Signs = "=+-@\t\r\n\",;' \uFF1D\uFF0Bab1";

    // Mostly the signs that matter, so that they meet each other.
    private static readonly Gen<string> Cells = Gen.OneOf(
            Gen.Int[0, Signs.Length - 1].Select(place => Signs[place]),
            Gen.Char['a', 'z'],
            Gen.Char['\u00C0', '\u04FF']
        )
        .Array[0, 12]
        .Select(letters => new string(letters));

    [Theory]
    [InlineData("Ada Lind", "Ada Lind")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" spaces ", "\" spaces \"")]
    [InlineData("ada+news@example.com", "ada+news@example.com")]
    [InlineData("Smith-Jones", "Smith-Jones")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30 1234", "'+49 30 1234")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("\"=1", "\"\"\"'=1\"")]
    [InlineData("  =1", "\"  '=1\"")]
    [InlineData("x;=1", "\"x;'=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    public void A_cell_is_quoted_where_it_must_be_and_never_begins_a_formula(string text, string written) =>
        Assert.Equal($"{written},end\r\n", CsvText.Line(text, "end"));

    [Fact]
    public void Whatever_is_written_another_reader_reads_as_it_was_meant() =>
        Cells
            .Array[1, 6]
            .List[1, 5]
            .Sample(lines =>
            {
                var read = Read(string.Concat(lines.Select(cells => CsvText.Line(cells))));

                Assert.Equal(lines.Select(cells => cells.Select(CsvText.WithoutFormula)), read);
            });

    [Fact]
    public void Nothing_that_is_written_can_begin_a_formula_wherever_a_program_splits_it() =>
        Cells
            .Array[1, 6]
            .Sample(cells =>
            {
                var line = CsvText.Line(cells)[..^2];

                Assert.DoesNotContain(
                    line.Split(',', ';', '"', '\t', '\n', '\r').Select(piece => piece.TrimStart()).Where(piece => piece.Length > 0),
                    piece => Formulas.Contains(piece[0], StringComparison.Ordinal)
                );
            });

    [Fact]
    public void Nothing_is_lost_but_for_the_apostrophes() =>
        Cells.Sample(text =>
            Assert.Equal(
                text.Replace("'", "", StringComparison.Ordinal),
                CsvText.WithoutFormula(text).Replace("'", "", StringComparison.Ordinal)
            )
        );

    private static List<string[]> Read(string text)
    {
        var lines = new List<string[]>();
        using var parser = new CsvParser(
            new StringReader(text),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Mode = CsvMode.RFC4180,
                NewLine = "\r\n",
                IgnoreBlankLines = false,
                DetectColumnCountChanges = false,
            }
        );
        while (parser.Read())
        {
            lines.Add(parser.Record ?? []);
        }

        return lines;
    }
}
