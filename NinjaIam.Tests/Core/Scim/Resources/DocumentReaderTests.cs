using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Resources;

public sealed class DocumentReaderTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;
    private const string NinjaOne = SchemaUrns.NinjaOneUser;

    [Theory]
    [InlineData("""{"USERNAME":"a"}""", """{"userName":"a"}""", "letter-case")]
    [InlineData("""{"userName":"a","active":"True"}""", """{"userName":"a","active":true}""", "string-boolean")]
    [InlineData("""{"userName":"a","title":null,"emails":[]}""", """{"userName":"a"}""", "empty-value")]
    [InlineData("""{"userName":"a","shoeSize":1}""", """{"userName":"a"}""", "unknown-attribute")]
    [InlineData("""{"userName":"a","id":"1","groups":[{"value":"g"}]}""", """{"userName":"a"}""", "read-only-attribute")]
    [InlineData("""{"userName":"a","meta":{"resourceType":"User"}}""", """{"userName":"a"}""", "read-only-attribute")]
    [InlineData("""{"userName":"a","password":"secret"}""", """{"userName":"a"}""", "password-not-kept")]
    [InlineData("""{"userName":"a","name.givenName":"B"}""", """{"userName":"a","name":{"givenName":"B"}}""", "flat-name")]
    [InlineData(
        $$"""{"userName":"a","{{Enterprise}}:manager":"m"}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":{"value":"m"}}}""",
        "flat-name"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":"m"}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":{"value":"m"}}}""",
        "text-for-complex-value"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":[{"value":"m"}]}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":{"value":"m"}}}""",
        "list-for-single-value"
    )]
    [InlineData($$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":""}}""", """{"userName":"a"}""", "empty-text-for-complex-value")]
    [InlineData(
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":{"value":"m","displayName":"Boss"}}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":{"value":"m"}}}""",
        "read-only-attribute"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"employeeNumber":7}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"employeeNumber":"7"}}""",
        "number-as-text"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"organizationId":5}}""",
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"organizationId":"5"}}""",
        "number-as-text"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"organizationId":[5,"7"]}}""",
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"organizationId":"5,7"}}""",
        "list-as-text"
    )]
    [InlineData(
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"userType":"TECHNICIAN"}}""",
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"userType":"Technician"}}""",
        "canonical-spelling"
    )]
    [InlineData(
        $$$$"""{"schemas":["{{{{SchemaUrns.User}}}}"],"userName":"a","{{{{Enterprise}}}}":{"department":"x"}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"department":"x"}}""",
        "undeclared-extension"
    )]
    [InlineData(
        $$$$"""{"userName":"a","urn:scim:schemas:extension:enterprise:2.0":{"department":"x"}}""",
        $$$$"""{"userName":"a","{{{{Enterprise}}}}":{"department":"x"}}""",
        "legacy-schema"
    )]
    [InlineData(
        """{"schemas":["urn:scim:schemas:core:1.0","urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a"}""",
        """{"userName":"a"}""",
        "legacy-schema"
    )]
    [InlineData("""{"userName":"a"}""", """{"userName":"a"}""", "missing-schemas")]
    [InlineData("""{"userName":"a","emails":{"value":"x"}}""", """{"userName":"a","emails":[{"value":"x"}]}""", "single-value-for-list")]
    [InlineData("""{"userName":"a","emails":["x"]}""", """{"userName":"a","emails":[{"value":"x"}]}""", "text-for-complex-value")]
    [InlineData(
        """{"userName":"a","emails":[{"value":"x","type":"work"},{"value":"X","type":"Work","primary":true}]}""",
        """{"userName":"a","emails":[{"value":"x","type":"work","primary":true}]}""",
        "duplicate-value"
    )]
    [InlineData(
        """{"userName":"a","roles":[{"value":"{\"id\":\"1\",\"value\":\"Admin\",\"displayName\":\"Admin\"}"}]}""",
        """{"userName":"a","roles":[{"value":"Admin"}]}""",
        "json-in-text"
    )]
    [InlineData(
        """{"userName":"a","roles":["{\"value\":\"{\\\"value\\\":\\\"Admin\\\"}\"}"]}""",
        """{"userName":"a","roles":[{"value":"Admin"}]}""",
        "json-in-text"
    )]
    [InlineData(
        """{"userName":"a","addresses":[{"type":"work","country":null}]}""",
        """{"userName":"a","addresses":[{"type":"work"}]}""",
        "empty-value"
    )]
    public void A_tolerated_form_is_folded_into_the_document_and_reported(string body, string document, string rule)
    {
        var reading = Json.Done(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User));

        Json.Equal(document, reading.Document);
        Assert.Contains(rule, reading.Repairs.Select(repair => repair.Rule.Name));
    }

    [Theory]
    [InlineData("""{"userName":"a","phoneNumbers":[{"value":"{\"value\":\"1\"}"}]}""")]
    [InlineData("""{"userName":"a","title":"{\"value\":\"1\"}"}""")]
    public void Text_that_looks_like_JSON_stays_text_where_no_client_sends_JSON(string body) =>
        Json.Equal(body, Json.Done(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User)).Document);

    [Fact]
    public void A_body_as_the_standard_has_it_needs_no_repair()
    {
        var body = Json.Object(
            $$$"""
            {"schemas":["{{{SchemaUrns.User}}}","{{{Enterprise}}}"],"externalId":"e","userName":"a","userType":"Member","active":false,
             "emails":[{"value":"x","type":"untyped","primary":true}],"phoneNumbers":[{"value":"ext 7 / any form","type":"work"}],
             "{{{Enterprise}}}":{"department":"IT","manager":{"value":"m","$ref":"../Users/m"}}
            }
            """
        );

        var reading = Json.Done(DocumentReader.Read(body, BuiltInResourceTypes.User));

        Assert.Empty(reading.Repairs);
        body.Remove("schemas");
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(body, reading.Document));
    }

    [Theory]
    [InlineData("""{"userName":"a","name":{"familyName":"F"},"name.givenName":"G"}""")]
    [InlineData("""{"userName":"a","name.givenName":"G","name":{"familyName":"F"}}""")]
    [InlineData(
        """{"userName":"a","name.givenName":"G","name.familyName":"F","urn:ietf:params:scim:schemas:core:2.0:User":{"title":null}}"""
    )]
    public void Nested_and_flat_names_add_up(string body) =>
        Json.Equal(
            """{"userName":"a","name":{"familyName":"F","givenName":"G"}}""",
            Json.Done(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User)).Document
        );

    [Theory]
    [InlineData("""{"userName":"a","urn:ietf:params:scim:schemas:core:2.0:User:userName":"b"}""")]
    [InlineData($$$"""{"userName":"a","{{{Enterprise}}}:department":"x","{{{Enterprise}}}":{"department":"y"}}""")]
    public void The_same_attribute_under_two_names_is_refused(string body) =>
        Assert.Equal(ScimErrorType.InvalidSyntax, Json.Failed(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User)).Type);

    [Fact]
    public void The_number_of_values_is_limited_but_not_that_of_members()
    {
        var values = string.Join(',', Enumerable.Range(0, 1001).Select(number => $$"""{"value":"v{{number}}"}"""));

        var error = Json.Failed(DocumentReader.Read(Json.Object($$"""{"userName":"a","roles":[{{values}}]}"""), BuiltInResourceTypes.User));
        var group = Json.Done(
            DocumentReader.Read(Json.Object($$"""{"displayName":"G","members":[{{values}}]}"""), BuiltInResourceTypes.Group)
        );

        Assert.Equal(ScimErrorType.InvalidValue, error.Type);
        Assert.Equal(1001, group.MemberIds!.Count);
    }

    [Fact]
    public void Reports_stay_short_whatever_the_body_holds()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"x{number}\":1"));

        var reading = Json.Done(
            DocumentReader.Read(Json.Object($$"""{"userName":"a","{{new string('y', 5000)}}":1,{{unknown}}}"""), BuiltInResourceTypes.User)
        );

        Assert.Equal(100, reading.Repairs.Count);
        Assert.All(reading.Repairs, repair => Assert.InRange(repair.Target.Length, 1, 201));
    }

    [Fact]
    public void The_document_has_the_order_of_the_schema()
    {
        var body = Json.Object(
            $$$$"""{"{{{{Enterprise}}}}":{"department":"x","employeeNumber":"1"},"active":true,"name":{"givenName":"g","familyName":"f"},"userName":"a","externalId":"e"}"""
        );

        var reading = Json.Done(DocumentReader.Read(body, BuiltInResourceTypes.User));

        Assert.Equal(
            $$$$"""{"externalId":"e","userName":"a","name":{"familyName":"f","givenName":"g"},"active":true,"{{{{Enterprise}}}}":{"employeeNumber":"1","department":"x"}}""",
            reading.Document.ToJsonString()
        );
    }

    [Theory]
    [InlineData("{}", "userName is required")]
    [InlineData("""{"userName":" "}""", "userName is required")]
    [InlineData("""{"userName":["a","b"]}""", "userName takes one value")]
    [InlineData("""{"userName":{"value":"a"}}""", "userName must be a text")]
    [InlineData("""{"userName":"a","active":"yes"}""", "active must be true or false")]
    [InlineData("""{"userName":"a","active":1}""", "active must be true or false")]
    [InlineData("""{"userName":"a","name":"Bob"}""", "name must be an object")]
    [InlineData(
        """{"userName":"a","emails":[{"value":"x","primary":true},{"value":"y","primary":true}]}""",
        "more than one value with primary true"
    )]
    [InlineData("""{"userName":"a","emails":[{"value":true}]}""", "emails.value must be a text")]
    [InlineData("""{"userName":"a","x509Certificates":[{"value":"not base64!"}]}""", "x509Certificates.value")]
    [InlineData(
        $$$$"""{"userName":"a","{{{{NinjaOne}}}}":{"userType":"Member"}}""",
        "\"Technician\" or \"endUser\", not \"Member\". The usual cause"
    )]
    [InlineData($$"""{"userName":"a","{{Enterprise}}":"x"}""", "must be an object")]
    [InlineData($$$$"""{"userName":"a","{{{{Enterprise}}}}":{"manager":[{"value":"m"},{"value":"n"}]}}""", "takes one value")]
    public void A_value_of_the_wrong_kind_is_refused_with_a_remedy(string body, string reason)
    {
        var error = Json.Failed(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.User));

        Assert.Equal((400, ScimErrorType.InvalidValue), (error.Status, error.Type));
        Assert.Contains(reason, error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_ids_beside_the_document()
    {
        var body = Json.Object("""{"displayName":"G","members":[{"value":"u1","$ref":null,"display":"x"},{"value":"U1"},"u2"]}""");

        var reading = Json.Done(DocumentReader.Read(body, BuiltInResourceTypes.Group));

        Json.Equal("""{"displayName":"G"}""", reading.Document);
        Assert.Equal(["u1", "u2"], reading.MemberIds);
    }

    [Theory]
    [InlineData("""{"displayName":"G","members":null}""")]
    [InlineData("""{"displayName":"G","members":[]}""")]
    public void Members_sent_empty_are_told_from_members_not_sent(string body)
    {
        Assert.Empty(Json.Done(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.Group)).MemberIds!);
        Assert.Null(Json.Done(DocumentReader.Read(Json.Object("""{"displayName":"G"}"""), BuiltInResourceTypes.Group)).MemberIds);
    }

    [Theory]
    [InlineData("""{"displayName":"G","members":[{"value":"g","type":"Group"}]}""")]
    [InlineData("""{"displayName":"G","members":[{"display":"nobody"}]}""")]
    [InlineData("""{"members":[]}""")]
    public void A_group_that_cannot_be_held_is_refused(string body) =>
        Assert.Equal(ScimErrorType.InvalidValue, Json.Failed(DocumentReader.Read(Json.Object(body), BuiltInResourceTypes.Group)).Type);
}
