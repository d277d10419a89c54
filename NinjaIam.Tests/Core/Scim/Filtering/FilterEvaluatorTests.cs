using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Filtering;

public sealed class FilterEvaluatorTests
{
    private const string Person = """
        {
          "id": "8f0e", "externalId": "Ab", "userName": "Bjensen@Example.com", "active": true, "displayName": "Straße",
          "name": { "givenName": "Barbara" },
          "emails": [ { "value": "b@work.example", "type": "work", "primary": true }, { "value": "b@home.example", "type": "home" } ],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "IT", "manager": { "value": "m1" } },
          "meta": { "created": "2026-01-01T00:00:00Z" }
        }
        """;

    [Theory]
    [InlineData("userName eq \"bjensen@example.COM\"", true)]
    [InlineData("externalId eq \"Ab\"", true)]
    [InlineData("externalId eq \"ab\"", false)]
    [InlineData("userName co \"JENSEN\"", true)]
    [InlineData("userName sw \"bj\"", true)]
    [InlineData("userName ew \".com\"", true)]
    [InlineData("userName gt \"a\"", true)]
    [InlineData("userName lt \"a\"", false)]
    [InlineData("active eq true", true)]
    [InlineData("active ne true", false)]
    [InlineData("title pr", false)]
    [InlineData("title ne \"x\"", true)]
    [InlineData("title eq null", true)]
    [InlineData("name pr", true)]
    [InlineData("emails.value eq \"B@HOME.example\"", true)]
    [InlineData("emails ne \"b@home.example\"", false)]
    [InlineData("emails[type eq \"work\" and value ew \"home.example\"]", false)]
    [InlineData("emails.type eq \"work\" and emails.value ew \"home.example\"", true)]
    [InlineData("not (emails[type eq \"other\"])", true)]
    [InlineData("meta.created le \"2026-01-01T01:00:00+01:00\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"m1\"", true)]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"it\"", true)]
    [InlineData("title pr or active eq true and userName pr", true)]
    [InlineData("(title pr or active eq true) and title pr", false)]
    public void A_filter_matches_as_the_schema_says_values_compare(string filter, bool matches)
    {
        var expression = Json.Done(FilterParser.Parse(filter, BuiltInResourceTypes.User)).Expression;

        Assert.Equal(matches, FilterEvaluator.Matches(expression, Json.Object(Person)));
    }
}
