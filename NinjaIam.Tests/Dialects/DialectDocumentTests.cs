using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Dialects;

public sealed class DialectDocumentTests
{
    [Fact]
    public void The_page_is_what_the_rules_and_the_exchanges_say() =>
        GeneratedDocument.AssertIs(DialectDocument.Path, DialectDocument.Create());

    [Fact]
    public void Every_rule_is_applied_by_an_exchange_and_every_exchange_names_rules_that_there_are()
    {
        var applied = Exchange.All.SelectMany(exchange => exchange.Rules).Distinct();

        Assert.Equal(DialectRules.All.Select(rule => rule.Name).Order(), applied.Order());
    }
}
