using System.Globalization;
using NinjaIam.Core.Scim.Dialects;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Filtering;

public sealed class FilterParserTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;

    [Theory]
    [InlineData("userName eq \"bjensen\"", "userName eq \"bjensen\"")]
    [InlineData("USERNAME EQ \"bjensen\"", "userName eq \"bjensen\"")]
    [InlineData("title pr", "title pr")]
    [InlineData("emails eq \"a@b.example\"", "emails.value eq \"a@b.example\"")]
    [InlineData($"{Enterprise}:manager eq \"x\"", $"{Enterprise}:manager.value eq \"x\"")]
    [InlineData("active eq true", "active eq true")]
    [InlineData("title eq null", "not (title pr)")]
    [InlineData("title ne null", "title pr")]
    [InlineData("meta.lastModified gt \"2026-05-13T04:42:34+02:00\"", "meta.lastModified gt \"2026-05-13T02:42:34Z\"")]
    [InlineData("a.b", null)]
    [InlineData("userName eq\"bjensen\"", "userName eq \"bjensen\"")]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"]", "emails[type eq \"work\" and value co \"@example.com\"]")]
    [InlineData("emails[type eq \"work\"].value eq \"x\"", "emails[type eq \"work\" and value eq \"x\"]")]
    [InlineData("emails[type eq \"work\"] eq \"x\"", "emails[type eq \"work\" and value eq \"x\"]")]
    [InlineData("title pr and userType eq \"a\" or active eq false", "title pr and userType eq \"a\" or active eq false")]
    [InlineData("title pr and (userType eq \"a\" or active eq false)", "title pr and (userType eq \"a\" or active eq false)")]
    [InlineData("(title pr) or ((active eq true))", "title pr or active eq true")]
    [InlineData("not (title pr and active eq true)", "not (title pr and active eq true)")]
    [InlineData("displayName eq \"OR\" or displayName eq \"a and (b)\"", "displayName eq \"OR\" or displayName eq \"a and (b)\"")]
    [InlineData("displayName sw \"Müller \\\"\\\\\\u00e9\"", "displayName sw \"Müller \\\"\\\\é\"")]
    public void A_filter_is_read_and_its_printed_form_reads_the_same(string text, string? printed)
    {
        var outcome = FilterParser.Parse(text, BuiltInResourceTypes.User);

        if (printed is null)
        {
            Assert.Equal(ScimErrorType.InvalidFilter, Json.Failed(outcome).Type);
            return;
        }

        var filter = Json.Done(outcome).Expression;
        Assert.Equal(printed, filter.ToString());
        Assert.Equal(filter, Json.Done(FilterParser.Parse(printed, BuiltInResourceTypes.User)).Expression);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(42)]
    public void Printing_and_reading_any_filter_gives_the_same_filter(int seed)
    {
        for (var index = 0; index < 300; index++)
        {
            var filter = RandomFilter.Create((seed * 1000) + index);

            var read = Json.Done(FilterParser.Parse(filter.ToString()!, BuiltInResourceTypes.User));

            Assert.Equal(filter, read.Expression);
            Assert.Empty(read.Repairs);
        }
    }

    [Fact]
    public void A_value_without_quotation_marks_is_accepted_and_reported()
    {
        var filter = Json.Done(FilterParser.Parse("externalId eq jyoung", BuiltInResourceTypes.User));

        Assert.Equal("externalId eq \"jyoung\"", filter.ToString());
        Assert.Equal([new Repair(DialectRules.UnquotedValue, "externalId")], filter.Repairs);
    }

    [Fact]
    public void Entra_asks_for_the_manager_without_the_urn()
    {
        var filter = Json.Done(FilterParser.Parse("id eq \"1\" and manager eq \"2\"", BuiltInResourceTypes.User));

        Assert.Equal($"id eq \"1\" and {Enterprise}:manager.value eq \"2\"", filter.ToString());
        Assert.Equal([new Repair(DialectRules.UnqualifiedAttribute, $"{Enterprise}:manager")], filter.Repairs);
    }

    [Theory]
    [InlineData("active eq \"True\"", "active eq true")]
    [InlineData("active eq False", "active eq false")]
    [InlineData("roles[primary eq \"True\"]", "roles[primary eq true]")]
    public void A_boolean_may_be_a_text_and_is_reported(string text, string printed)
    {
        var filter = Json.Done(FilterParser.Parse(text, BuiltInResourceTypes.User));

        Assert.Equal(printed, filter.ToString());
        Assert.Equal(DialectRules.StringBoolean, Assert.Single(filter.Repairs).Rule);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("shoeSize eq \"1\"", "\"shoeSize\"")]
    [InlineData("title pr and shoeSize pr", "position 14")]
    [InlineData("name eq \"x\"", "complex")]
    [InlineData("userName", "position 9")]
    [InlineData("userName eq", "a value is expected")]
    [InlineData("userName is \"x\"", "one of eq")]
    [InlineData("userName eq \"x", "never closed")]
    [InlineData("userName eq \"\\q\"", "JSON string")]
    [InlineData("userName eq \"x\" and", "an attribute is expected")]
    [InlineData("userName eq \"x\" userName eq \"y\"", "is not expected here")]
    [InlineData("(userName eq \"x\"", "\")\" is expected for the one opened at position 1")]
    [InlineData("emails[type eq \"work\"", "\"]\" is expected")]
    [InlineData("emails[shoeSize eq \"work\"]", "no sub-attribute \"shoeSize\"")]
    [InlineData("userName[value eq \"x\"]", "brackets")]
    [InlineData("active gt true", "gt can't be used with active")]
    [InlineData("active co \"tr\"", "boolean")]
    [InlineData("active eq \"yes\"", "\"yes\" is not a boolean")]
    [InlineData("meta.created gt \"yesterday\"", "dateTime")]
    [InlineData("meta.created co \"2026\"", "co can't be used")]
    [InlineData("meta.created gt \"12:00\"", "dateTime")]
    [InlineData("title gt null", "pr")]
    [InlineData("password eq \"x\"", "can't be used in filters")]
    [InlineData("password pr", "can't be used in filters")]
    [InlineData("urn:example:User:colour eq \"x\"", "no attribute")]
    [InlineData("userName eq \"\\ud800\"", "JSON string")]
    [InlineData("userName eq \"\\u0000\"", "NUL")]
    [InlineData("userName eq \"a\uFFFE\"", "U+FFFE")]
    [InlineData("userName eq \"a\\uFFFE\"", "U+FFFE")]
    [InlineData("user\uFFFEName eq \"a\"", "U+FFFE")]
    public void What_cannot_be_carried_out_is_refused_with_a_reason(string text, string reason)
    {
        var error = Json.Failed(FilterParser.Parse(text, BuiltInResourceTypes.User));

        Assert.Equal((400, ScimErrorType.InvalidFilter), (error.Status, error.Type));
        Assert.Contains(reason, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_depth_and_number_of_comparisons_are_limited()
    {
        Assert.Contains("4096", Refusal($"title eq \"{new string('x', FilterParser.MaxLength)}\""), StringComparison.Ordinal);
        Assert.Contains("16 levels", Refusal(new string('(', 2000) + "title pr" + new string(')', 2000)), StringComparison.Ordinal);
        Assert.Contains(
            "16 levels",
            Refusal(string.Concat(Enumerable.Repeat("not (", 17)) + "title pr" + new string(')', 17)),
            StringComparison.Ordinal
        );
        Assert.Contains("50 comparisons", Refusal(string.Join(" or ", Enumerable.Repeat("title pr", 51))), StringComparison.Ordinal);
        Json.Done(FilterParser.Parse(new string('(', 16) + "title pr" + new string(')', 16), BuiltInResourceTypes.User));
        Json.Done(FilterParser.Parse(string.Join(" or ", Enumerable.Repeat("title pr", 50)), BuiltInResourceTypes.User));

        static string Refusal(string text) => Json.Failed(FilterParser.Parse(text, BuiltInResourceTypes.User)).Detail;
    }

    [Fact]
    public void Closed_parentheses_do_not_count_as_depth() =>
        Json.Done(
            FilterParser.Parse(
                string.Join(
                    " and ",
                    Enumerable.Range(0, 40).Select(n => string.Create(CultureInfo.InvariantCulture, $"(title eq \"{n}\")"))
                ),
                BuiltInResourceTypes.User
            )
        );
}
