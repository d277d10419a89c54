namespace NinjaIam.Tests.Conformance;

/// <summary>Makes <c>docs/conformance.md</c> of the obligations and of the tests that prove them.</summary>
internal static class ConformanceDocument
{
    public const string Path = "docs/conformance.md";

    /// <summary>What stands above the rows of a section.</summary>
    private static readonly Dictionary<string, (string Title, Func<string, string> Heading)> Standards = new(StringComparer.Ordinal)
    {
        ["7644"] = ("RFC 7644, the protocol", section => $"[Section {section}](https://www.rfc-editor.org/rfc/rfc7644#section-{section})"),
        ["7643"] = ("RFC 7643, the schemas", section => $"[Section {section}](https://www.rfc-editor.org/rfc/rfc7643#section-{section})"),
        ["errata"] = ("Errata", rfc => $"[RFC {rfc}](https://www.rfc-editor.org/errata/rfc{rfc})"),
        ["9865"] = ("[RFC 9865](https://www.rfc-editor.org/rfc/rfc9865), paging by cursor", part => $"Of {part}"),
    };

    public static string Create() => string.Join('\n', Lines()) + "\n";

    private static IEnumerable<string> Lines()
    {
        var proofs = Proof
            .All.SelectMany(proof => proof.Obligations.Select(id => (id, proof)))
            .ToLookup(pair => pair.id, pair => pair.proof);
        var standards = Obligation.All.GroupBy(obligation => obligation.Standard).ToList();
        yield return "# What the standards ask of a SCIM service provider, and the proof";
        yield return "";
        yield return "One row for each thing that a standard says must, shall or should be so, in our words. What it asks of clients, or of those who";
        yield return "register names, is left out. Each row names the tests that prove it, or the reason why it does not apply or is not followed; some";
        yield return "have both. This page is made of the tests: [testing.md](testing.md) says how.";
        yield return "";
        yield return "| standard | rows | proved by tests | with a reason |";
        yield return "|---|---:|---:|---:|";
        foreach (var standard in standards)
        {
            var proved = standard.Count(obligation => proofs[obligation.Id].Any());
            var reasons = standard.Count(obligation => obligation.Reason is not null);
            yield return Row(Standards[standard.Key].Title, $"{standard.Count()}", $"{proved}", $"{reasons}");
        }

        foreach (var standard in standards)
        {
            var (title, heading) = Standards[standard.Key];
            yield return "";
            yield return $"## {title}";
            foreach (var section in standard.GroupBy(obligation => obligation.Section))
            {
                yield return "";
                yield return $"### {heading(section.Key)}";
                yield return "";
                yield return "| id | level | request | answer | proof or reason |";
                yield return "|---|---|---|---|---|";
                foreach (var obligation in section)
                {
                    var proved = proofs[obligation.Id].Select(proof => $"[{proof.Sentence}](../{proof.File})");
                    var last = string.Join("<br>", obligation.Reason is null ? proved : proved.Prepend(obligation.Reason));
                    yield return Row(obligation.Id, obligation.Level, obligation.Request, obligation.Answer, last);
                }
            }
        }
    }

    private static string Row(params IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
