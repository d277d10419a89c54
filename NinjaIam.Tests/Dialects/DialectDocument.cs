using NinjaIam.Core.Scim.Dialects;

namespace NinjaIam.Tests.Dialects;

/// <summary>Makes <c>docs/dialects.md</c> of the rules and of the exchanges that apply them.</summary>
internal static class DialectDocument
{
    public const string Path = "docs/dialects.md";

    public static string Create() => string.Join('\n', Lines()) + "\n";

    private static IEnumerable<string> Lines()
    {
        yield return "# What provisioning clients really send, and what we make of it";
        yield return "";
        yield return "Every leniency is one rule with a name. It applies to all clients alike, and the log of requests names it with the attribute it was";
        yield return "applied to, in Activities in plain words. What is not in this list is refused with an error that says what to change. Each rule is";
        yield return "replayed by documented exchanges. This page is made of the rules and exchanges: [testing.md](testing.md) says how.";
        yield return "";
        yield return "| rule | what arrives | known from | what we do | source | exchanges |";
        yield return "|---|---|---|---|---|---|";
        foreach (var rule in DialectRules.All.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            var exchanges = Exchange.All.Where(exchange => exchange.Rules.Contains(rule.Name));
            yield return Row(
                $"`{rule.Name}`",
                rule.Arrives,
                rule.From,
                rule.Answer,
                rule.Source,
                string.Join("<br>", exchanges.Select(LinkTo))
            );
        }

        yield return "";
        yield return "## Exchanges";
        yield return "";
        yield return "| exchange | steps | source |";
        yield return "|---|---:|---|";
        foreach (var exchange in Exchange.All)
        {
            yield return Row(LinkTo(exchange), $"{exchange.Steps.Count()}", exchange.Source);
        }
    }

    private static string LinkTo(Exchange exchange) => $"[{exchange.File}](../{Exchange.Folder}/{exchange.File})";

    private static string Row(params IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
