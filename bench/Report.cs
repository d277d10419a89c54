using System.Text;

namespace NinjaIam.Bench;

/// <summary>The table, as it is printed and as it stands in the documentation.</summary>
internal static class Report
{
    private static readonly string[] Columns =
    [
        "work",
        "with",
        "measured",
        "p50",
        "p99",
        "ceiling",
        "of it",
        "without HTTP",
        "target",
        "reached",
    ];

    public static string Table(IEnumerable<Figure> figures)
    {
        string[][] rows = [Columns, .. figures.Select(Row)];
        int[] widths = [.. Columns.Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
        {
            text.AppendLine("| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
            if (index == 0)
            {
                text.AppendLine("|" + string.Join('|', widths.Select(width => new string('-', width + 2))) + "|");
            }
        }

        return text.ToString();
    }

    public static string Page(IReadOnlyList<Figure> figures, string machine, string command) =>
        $"""
            # Performance

            Measured by the program in `bench/`, which publishes the portal, runs it over directories it has filled, and rewrites this page:

            ```
            {command}
            ```

            {machine}
            Client and server share the machine. A load runs on {Load.Connections} connections unless it says otherwise, each with one request at a time; every
            answer is checked. *Ceiling* is the same server with nothing behind it: it checks the token, parses what is sent and answers as
            many bytes. *Without HTTP* are the same services called in the same process by {Load.Connections} callers. The limit of
            requests per token is raised to {Child.RequestsPerSecond:N0} a second (`Scim:Limits`). A load is measured once its rate rises no more.

            A page with figures that are not reached is not wrong; it says what is left to do, and [speed.md](speed.md) says why.

            What each work does:

            {string.Join('\n', Works.Names.Select(work => $"- `{work.Key}`: {work.Value}"))}

            {Table(figures)}
            """;

    private static string[] Row(Figure figure) =>
        [
            figure.Work,
            figure.Case,
            figure.Result,
            figure.P50,
            figure.P99,
            figure.Ceiling,
            figure.Ratio,
            figure.Direct,
            string.Join("; ", figure.Goals.Select(goal => goal.Text)),
            string.Join("; ", figure.Goals.Select(goal => goal.Reached ? "yes" : "no")),
        ];
}
