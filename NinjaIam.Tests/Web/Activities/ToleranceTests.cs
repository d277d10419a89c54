using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Web.Components.Activities;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

public sealed class ToleranceTests
{
    [Fact]
    public void Every_rule_has_words()
    {
        var without = DialectRules.All.Where(rule => Tolerance.Of($"{rule}: active").Words == rule.Name);

        Assert.Empty(without);
    }

    [Fact]
    public void What_it_was_about_stands_apart_from_the_words()
    {
        var tolerance = Tolerance.Of("unknown-attribute: urn:example:2.0:User:badge");

        Assert.Equal("urn:example:2.0:User:badge", tolerance.Target);
        Assert.Equal("is not in the schema and was ignored.", tolerance.Words);
    }

    [Fact]
    public void A_rule_of_a_later_version_is_named_as_it_is_kept() =>
        Assert.Equal(new Tolerance("active", "some-later-rule"), Tolerance.Of("some-later-rule: active"));
}
