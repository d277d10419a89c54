using System.Reflection;
using NinjaIam.Core.Scim.Dialects;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Dialects;

public sealed class DialectRulesTests
{
    [Fact]
    public void Every_rule_is_listed_once_and_says_what_it_does_and_where_it_comes_from()
    {
        var declared = typeof(DialectRules)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(DialectRule))
            .Select(property => (DialectRule)property.GetValue(null)!);

        Assert.Equal(declared.OrderBy(rule => rule.Name), DialectRules.All.OrderBy(rule => rule.Name));
        Assert.Distinct(DialectRules.All.Select(rule => rule.Name));
        Assert.All(
            DialectRules.All,
            rule => Assert.All((string[])[rule.Arrives, rule.From, rule.Answer, rule.Source], text => Assert.NotEmpty(text))
        );
    }

    [Theory]
    [InlineData("urn:scim:schemas:extension:enterprise:1.0", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    [InlineData(
        "URN:scim:schemas:extension:enterprise:2.0:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
    )]
    [InlineData(
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
    )]
    [InlineData("urn:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    [InlineData(
        "urn:scim:schemas:extension:enterprise:2.0:User:division",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"
    )]
    public void An_earlier_name_of_a_schema_is_translated(string sent, string expected)
    {
        Assert.True(SchemaAliases.TryTranslate(sent, out var today));
        Assert.Equal(expected, today);
    }

    [Theory]
    [InlineData("userName")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    [InlineData("urn:scim:schemas:extension:enterprise:2.01")]
    public void Every_other_name_stays(string name)
    {
        Assert.False(SchemaAliases.TryTranslate(name, out var today));
        Assert.Equal(name, today);
    }
}
