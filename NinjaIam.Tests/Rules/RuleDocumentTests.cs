using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Rules;

public sealed class RuleDocumentTests
{
    [Fact]
    public void The_page_is_what_the_rules_and_the_tests_say() => GeneratedDocument.AssertIs(RuleDocument.Path, RuleDocument.Create());

    [Fact]
    public void Every_rule_is_proved_or_says_what_is_missing()
    {
        var proved = Proof.All.SelectMany(proof => proof.Obligations).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(ProductRule.All.Where(rule => rule.Missing is null && !proved.Contains(rule.Id)).Select(rule => rule.Id));
    }

    [Fact]
    public void Every_rule_has_a_row_of_its_own() => Assert.Distinct(ProductRule.All.Select(rule => rule.Row));
}
