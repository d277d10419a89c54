using NinjaIam.Tests.Conformance;

namespace NinjaIam.Tests.Rules;

/// <summary>Makes <c>docs/rules.md</c> of the rules and of the tests that prove them.</summary>
internal static class RuleDocument
{
    public const string Path = "docs/rules.md";

    public static string Create() => string.Join('\n', Lines()) + "\n";

    private static IEnumerable<string> Lines()
    {
        yield return "# What holds of accounts, identity providers and sign-in";
        yield return "";
        yield return "The rules that the pages and the services keep, each with the tests that prove it, or with what is missing. This page is made of the";
        yield return "tests: [testing.md](testing.md) says how.";
        yield return "";
        yield return "| row | rule | proof, or what is missing |";
        yield return "|---:|---|---|";
        foreach (var rule in ProductRule.All)
        {
            var proofs = Proof
                .All.Where(proof => proof.Obligations.Contains(rule.Id))
                .Select(proof => $"[{proof.Sentence}](../{proof.File})");
            yield return $"| {rule.Row} | {rule.Says} | {string.Join("<br>", rule.Missing is null ? proofs : proofs.Prepend(rule.Missing))} |";
        }
    }
}
