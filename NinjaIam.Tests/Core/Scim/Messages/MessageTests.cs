using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Messages;

public sealed class MessageTests
{
    [Fact]
    public void An_error_says_its_status_as_a_text() =>
        Json.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"invalidFilter","detail":"No.","status":"400"}""",
            ScimError.InvalidFilter("No.").ToJson()
        );

    [Fact]
    public void An_error_without_a_keyword_has_no_scimType() =>
        Json.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Gone.","status":"404"}""",
            ScimError.NotFound("Gone.").ToJson()
        );

    [Fact]
    public void An_error_does_not_echo_a_request_of_any_length() =>
        Assert.InRange(ScimError.InvalidPath(new string('x', 1_000_000)).Detail.Length, 2000, 2001);

    [Theory]
    [InlineData(ScimErrorType.InvalidVersion, "invalidVers")]
    [InlineData(ScimErrorType.NoTarget, "noTarget")]
    [InlineData(ScimErrorType.TooMany, "tooMany")]
    [InlineData(ScimErrorType.ExpiredCursor, "expiredCursor")]
    public void Keywords_are_spelled_as_in_the_standards(ScimErrorType type, string token) => Assert.Equal(token, type.ToToken());

    [Fact]
    public void A_list_says_what_its_page_holds()
    {
        var list = ListResponse.Create([Json.Object("{\"id\":\"1\"}")], 7, 3);

        Json.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":7,"startIndex":3,"itemsPerPage":1,"Resources":[{"id":"1"}]}""",
            list
        );
    }

    [Fact]
    public void The_configuration_claims_what_is_there()
    {
        var configuration = ServiceProviderConfiguration.Create("https://portal.example/scim/v2/abc");

        Assert.True(configuration["patch"]!["supported"]!.GetValue<bool>());
        Assert.True(configuration["bulk"]!["supported"]!.GetValue<bool>());
        Assert.Equal(1000, configuration["filter"]!["maxResults"]!.GetValue<int>());
        Assert.Equal("oauthbearertoken", configuration["authenticationSchemes"]![0]!["type"]!.GetValue<string>());
        Assert.Equal("https://portal.example/scim/v2/abc/ServiceProviderConfig", configuration["meta"]!["location"]!.GetValue<string>());
    }

    [Fact]
    public void Schemas_hold_no_nulls_and_only_users_are_members()
    {
        var documents = SchemaRegistry.BuiltIn.Schemas.Select(schema => SchemaDocuments.ForSchema(schema, "https://p.example")).ToList();

        Assert.All(documents, document => Assert.DoesNotContain("null", document.ToJsonString(), StringComparison.Ordinal));
        var group = documents.Single(document => document["id"]!.GetValue<string>() == SchemaUrns.Group);
        var displayName = group["attributes"]![0]!;
        Assert.True(displayName["required"]!.GetValue<bool>());
        Assert.Equal("server", displayName["uniqueness"]!.GetValue<string>());
        Json.Equal("""["User"]""", group["attributes"]![1]!["subAttributes"]![1]!["referenceTypes"]);
        Json.Equal("""["User"]""", group["attributes"]![1]!["subAttributes"]![2]!["canonicalValues"]);
    }

    [Fact]
    public void A_resource_type_names_its_extensions()
    {
        var user = SchemaDocuments.ForResourceType(BuiltInResourceTypes.User, "https://p.example");

        Assert.Equal("/Users", user["endpoint"]!.GetValue<string>());
        Json.Equal(
            $$"""[{"schema":"{{SchemaUrns.EnterpriseUser}}","required":false},{"schema":"{{SchemaUrns.NinjaOneUser}}","required":false}]""",
            user["schemaExtensions"]
        );
        Assert.Equal("https://p.example/ResourceTypes/User", user["meta"]!["location"]!.GetValue<string>());
    }
}
