using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Security;

/// <summary>The table at the end of the page about security is made of the items and of the tests that prove them.</summary>
public sealed class SecurityDocumentTests
{
    private const string Page = "docs/security.md";
    private const string Heading = "## What the ASVS asks, and the proof";

    [Fact]
    public void The_table_is_what_the_items_and_the_tests_say()
    {
        var written = File.ReadAllText(Path.Combine(Repository.Root, Page));
        var before = written[..written.IndexOf(Heading, StringComparison.Ordinal)];

        GeneratedDocument.AssertIs(Page, before + string.Join('\n', Table()) + "\n");
    }

    [Fact]
    public void Every_item_is_proved_or_says_why_not()
    {
        var proved = Proof.All.SelectMany(proof => proof.Obligations).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(AsvsItem.All.Where(item => item.Reason is null && !proved.Contains(item.Id)).Select(item => item.Id));
        Assert.All(AsvsItem.All, item => Assert.True(item.Control is null != item.Reason is null, item.Id));
    }

    [Fact]
    public void Every_item_has_a_row_of_its_own() => Assert.Distinct(AsvsItem.All.Select(item => item.Item));

    private static IEnumerable<string> Table()
    {
        yield return Heading;
        yield return "";
        yield return "Items of the OWASP Application Security Verification Standard 5.0, level 2 and some of level 3, that apply to this program, each with what";
        yield return "answers it and the tests that prove it, or with the reason why there is none. The table is made of the tests: [testing.md](testing.md) says how.";
        yield return "";
        yield return "| item | asks | control | proof, or the reason |";
        yield return "|---|---|---|---|";
        foreach (var item in AsvsItem.All)
        {
            var proofs = Proof
                .All.Where(proof => proof.Obligations.Contains(item.Id))
                .Select(proof => $"[{proof.Sentence}](../{proof.File})");
            yield return $"| {item.Item} | {item.Asks} | {item.Control ?? "–"} | {item.Reason ?? string.Join("<br>", proofs)} |";
        }
    }
}
