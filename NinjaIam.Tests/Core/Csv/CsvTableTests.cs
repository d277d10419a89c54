using System.Text;
using CsCheck;
using NinjaIam.Core.Csv;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Csv;

public sealed class CsvTableTests
{
    [Fact]
    public void What_the_export_writes_is_read_again() =>
        Gen.OneOf(Gen.Char['a', 'z'], Gen.Int[0, 5].Select(place => "\",; \r\n"[place]))
            .Array[1, 12]
            .Select(letters => new string(letters).Trim())
            .Where(text => text.Length > 0)
            .Array[2, 5]
            .List[1, 5]
            .Sample(lines =>
            {
                var text = CsvText.Line("Name", "Other") + string.Concat(lines.Select(cells => CsvText.Line(cells)));

                Assert.Equal(lines.Select(cells => cells.Select(CsvText.WithoutFormula)), Read(text).Skip(1).Select(line => line.Cells));
            });

    [Fact]
    public void Lines_are_numbered_as_an_editor_numbers_them()
    {
        var lines = Read("a,b\r\n\"two\nlines\",x\r\n\r\nlast,line\r\n");

        Assert.Equal([1, 2, 5], lines.Select(line => line.Number));
        Assert.Equal(["two\nlines", "x"], lines[1].Cells);
        Assert.All(lines, line => Assert.False(line.IsBroken));
    }

    [Theory]
    [InlineData("a;b\n1;\"2;3\"\n")]
    [InlineData("\uFEFFa,b\n1,2;3")]
    public void Semicolons_and_a_byte_order_mark_are_understood(string text)
    {
        var lines = Read(text);

        Assert.Equal(["a", "b"], lines[0].Cells);
        Assert.Equal(["1", "2;3"], lines[1].Cells);
    }

    [Theory]
    [InlineData("a,b\nx\"y,2\n3,4\n")]
    [InlineData("a,b\n\"x\"y,2\n3,4\n")]
    public void A_line_whose_quotes_are_wrong_is_marked_and_the_others_are_read(string text)
    {
        var lines = Read(text);

        Assert.Equal([false, true, false], lines.Select(line => line.IsBroken));
        Assert.Equal(["3", "4"], lines[2].Cells);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_marked() => Assert.True(Read("a,b\n1,\"2\n3,4\n")[^1].IsBroken);

    [Theory]
    [InlineData(new byte[] { 0x61, 0x2C, 0xFF, 0xFE })]
    [InlineData(new byte[] { 0x61, 0x00, 0x2C, 0x00 })]
    public void What_is_no_text_in_UTF_8_is_refused(byte[] file) =>
        Assert.Equal(RefusalKind.InvalidValue, Installation.Refused(CsvTable.Read(file, 10)).Kind);

    [Fact]
    public void More_lines_than_allowed_are_refused() =>
        Assert.Contains(
            "more than 2 people",
            Installation.Refused(CsvTable.Read("a\n1\n2\n3\n"u8.ToArray(), 3)).Detail,
            StringComparison.Ordinal
        );

    private static IReadOnlyList<CsvLine> Read(string text) => Installation.Done(CsvTable.Read(Encoding.UTF8.GetBytes(text), 1000));
}
