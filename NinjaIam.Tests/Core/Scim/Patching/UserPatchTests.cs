using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Patching;

public sealed class UserPatchTests
{
    private const string Enterprise = SchemaUrns.EnterpriseUser;
    private const string NinjaOne = SchemaUrns.NinjaOneUser;

    private const string Person = $$$$"""
        {"externalId":"e1","userName":"a","name":{"familyName":"F","givenName":"G"},"title":"T","active":true,
         "emails":[{"value":"w@x.example","type":"work","primary":true},{"value":"h@x.example","type":"home"}],
         "{{{{Enterprise}}}}":{"department":"D","manager":{"value":"m1","$ref":"../Users/m1"}}}
        """;

    [Theory]
    [InlineData("""{"op":"replace","path":"title","value":"T2"}""", "title", "\"T2\"")]
    [InlineData("""{"op":"add","path":"title","value":"T2"}""", "title", "\"T2\"")]
    [InlineData("""{"op":"add","path":"nickName","value":"N"}""", "nickName", "\"N\"")]
    [InlineData("""{"op":"remove","path":"title"}""", "title", "null")]
    [InlineData("""{"op":"replace","path":"title","value":null}""", "title", "null")]
    [InlineData("""{"op":"replace","path":"title","value":[]}""", "title", "null")]
    [InlineData("""{"op":"remove","path":"title","value":null}""", "title", "null")]
    [InlineData("""{"op":"replace","path":"name.givenName","value":"B"}""", "name", """{"familyName":"F","givenName":"B"}""")]
    [InlineData("""{"op":"replace","path":"name","value":{"givenName":"B"}}""", "name", """{"familyName":"F","givenName":"B"}""")]
    [InlineData("""{"op":"replace","path":"name","value":[{"givenName":"B"}]}""", "name", """{"familyName":"F","givenName":"B"}""")]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"home\"]","value":{}}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":true}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"name","value":{"givenName":null,"middleName":"M"}}""",
        "name",
        """{"familyName":"F","middleName":"M"}"""
    )]
    [InlineData("""{"op":"remove","path":"name"}""", "name", "null")]
    [InlineData("""{"op":"replace","path":"active","value":false}""", "active", "false")]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"active":false}}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"Active":"false"}}""", "active", "false")]
    [InlineData("""{"op":"replace","path":"active","value":["False"]}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"name.givenName":"B"}}""", "name", """{"familyName":"F","givenName":"B"}""")]
    [InlineData("""{"op":"add","value":{"name":{"givenName":"B"}}}""", "name", """{"familyName":"F","givenName":"B"}""")]
    [InlineData("""{"op":"replace","path":"externalId","value":"e2"}""", "externalId", "\"e2\"")]
    [InlineData("""{"op":"replace","path":"userName","value":"b"}""", "userName", "\"b\"")]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"work\"].value","value":"n"}""",
        "emails",
        """[{"value":"n","type":"work","primary":true},{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"replace","value":{"emails[type eq \"work\"].value":"n"}}""",
        "emails",
        """[{"value":"n","type":"work","primary":true},{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"add","path":"emails","value":[{"value":"o","type":"other"}]}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":true},{"value":"h@x.example","type":"home"},{"value":"o","type":"other"}]"""
    )]
    [InlineData(
        """{"op":"add","path":"emails","value":{"value":"o","type":"other","primary":true}}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":false},{"value":"h@x.example","type":"home"},{"value":"o","type":"other","primary":true}]"""
    )]
    [InlineData(
        """{"op":"add","path":"emails","value":[{"value":"H@x.example","type":"Home","display":"at home"}]}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":true},{"value":"H@x.example","type":"Home","display":"at home"}]"""
    )]
    [InlineData("""{"op":"replace","path":"emails","value":[{"value":"o"}]}""", "emails", """[{"value":"o"}]""")]
    [InlineData("""{"op":"replace","path":"emails","value":[]}""", "emails", "null")]
    [InlineData("""{"op":"remove","path":"emails"}""", "emails", "null")]
    [InlineData(
        """{"op":"remove","path":"emails[type eq \"work\" and value ew \"x.example\"]"}""",
        "emails",
        """[{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"remove","path":"emails[type eq \"work\"].primary"}""",
        "emails",
        """[{"value":"w@x.example","type":"work"},{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"remove","path":"emails","value":[{"value":"W@X.example","$ref":null}]}""",
        "emails",
        """[{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":false},{"value":"h@x.example","type":"home","primary":true}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"n","display":"d"}}""",
        "emails",
        """[{"value":"n","type":"work","display":"d"},{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"add","path":"emails[type eq \"work\"]","value":{"display":"d"}}""",
        "emails",
        """[{"value":"w@x.example","type":"work","primary":true,"display":"d"},{"value":"h@x.example","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"emails.value","value":"same"}""",
        "emails",
        """[{"value":"same","type":"work","primary":true},{"value":"same","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"add","path":"roles","value":[{"value":"{\"id\":\"1\",\"value\":\"Admin\"}"}]}""",
        "roles",
        """[{"value":"Admin"}]"""
    )]
    public void An_operation_changes_what_it_names(string operation, string attribute, string expected)
    {
        var changed = Json.Object(Person);
        changed[attribute] = System.Text.Json.Nodes.JsonNode.Parse(expected);
        if (changed[attribute] is null)
        {
            changed.Remove(attribute);
        }

        Patch.Changes(Person, operation, changed.ToJsonString());
    }

    [Theory]
    [InlineData($$"""{"op":"Add","path":"{{Enterprise}}:manager","value":"m2"}""", """{"value":"m2"}""")]
    [InlineData($$$"""{"op":"Add","path":"{{{Enterprise}}}:manager","value":{"value":"m2"}}""", """{"value":"m2"}""")]
    [InlineData(
        $$$"""{"op":"Add","path":"{{{Enterprise}}}:manager","value":[{"$ref":"../Users/m2","value":"m2"}]}""",
        """{"value":"m2","$ref":"../Users/m2"}"""
    )]
    [InlineData(
        $$$"""{"op":"replace","path":"{{{Enterprise}}}:manager","value":{"$ref":"../Users/m2","value":"m2","displayName":"x"}}""",
        """{"value":"m2","$ref":"../Users/m2"}"""
    )]
    [InlineData($$"""{"op":"replace","path":"{{Enterprise}}:manager.value","value":"m2"}""", """{"value":"m2"}""")]
    [InlineData($$$"""{"op":"replace","value":{"{{{Enterprise}}}:manager":"m2"}}""", """{"value":"m2"}""")]
    [InlineData($$$$$"""{"op":"replace","value":{"{{{{{Enterprise}}}}}":{"manager":{"value":"m2"}}}}""", """{"value":"m2"}""")]
    [InlineData($$"""{"op":"Replace","path":"{{Enterprise}}:manager","value":""}""", null)]
    [InlineData($$"""{"op":"Replace","path":"{{Enterprise}}:manager.value","value":""}""", null)]
    [InlineData($$$"""{"op":"Replace","path":"{{{Enterprise}}}:manager","value":{"value":""}}""", null)]
    [InlineData($$"""{"op":"Remove","path":"{{Enterprise}}:manager"}""", null)]
    public void Every_form_of_manager_ends_as_an_object_or_vanishes(string operation, string? manager)
    {
        var changed = Json.Object(Person);
        changed[Enterprise] = Json.Object(manager is null ? """{"department":"D"}""" : $$"""{"department":"D","manager":{{manager}}}""");

        Patch.Changes(Person, operation, changed.ToJsonString());
    }

    [Theory]
    [InlineData($$"""{"op":"remove","path":"{{Enterprise}}"}""")]
    [InlineData($$"""{"op":"replace","path":"{{Enterprise}}","value":null}""")]
    [InlineData($$$"""{"op":"replace","value":{"{{{Enterprise}}}":null}}""")]
    public void A_whole_extension_can_be_removed(string operation)
    {
        var changed = Json.Object(Person);
        changed.Remove(Enterprise);

        Patch.Changes(Person, operation, changed.ToJsonString());
    }

    [Theory]
    [InlineData("""{"op":"Add","path":"emails[type eq \"work\"].value","value":"n"}""", "emails", """[{"value":"n","type":"work"}]""")]
    [InlineData(
        """{"op":"Replace","path":"phoneNumbers[type eq \"mobile\"].value","value":"1"}""",
        "phoneNumbers",
        """[{"value":"1","type":"mobile"}]"""
    )]
    [InlineData(
        """{"op":"Add","path":"addresses[type eq \"work\"].postalCode","value":"1"}""",
        "addresses",
        """[{"postalCode":"1","type":"work"}]"""
    )]
    [InlineData(
        """{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"r"}""",
        "roles",
        """[{"value":"r","primary":true}]"""
    )]
    [InlineData(
        """{"op":"Add","path":"emails[type eq \"untyped\"].value","value":"n"}""",
        "emails",
        """[{"value":"n","type":"untyped"}]"""
    )]
    [InlineData(
        """{"op":"Add","path":"emails[type eq \"work\" and primary eq true]","value":{"value":"n"}}""",
        "emails",
        """[{"value":"n","type":"work","primary":true}]"""
    )]
    public void A_value_that_a_filter_describes_is_created(string operation, string attribute, string expected) =>
        Patch.Changes("""{"userName":"a"}""", operation, $$"""{"userName":"a","{{attribute}}":{{expected}}}""", "created-by-filter");

    [Theory]
    [InlineData("""{"op":"replace","path":"emails[type eq \"untyped\"].value","value":"n"}""")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"n"}}""")]
    [InlineData("""{"op":"replace","path":"emails[primary eq false].value","value":"n"}""")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"z\"].display","value":"n"}""")]
    [InlineData("""{"op":"add","path":"emails[value eq \"z\"].display","value":"n"}""")]
    [InlineData("""{"op":"add","path":"emails[type ne \"work\"].value","value":"n"}""")]
    [InlineData("""{"op":"add","path":"emails[type eq \"work\" or type eq \"home\"].value","value":"n"}""")]
    [InlineData("""{"op":"add","path":"emails[type eq \"work\" and type eq \"home\"].value","value":"n"}""")]
    public void A_value_that_cannot_be_made_from_its_filter_is_no_target(string operation) =>
        Assert.Equal((400, ScimErrorType.NoTarget), Kind(Patch.Failed("""{"userName":"a"}""", operation)));

    [Theory]
    [InlineData("""{"op":"remove","path":"nickName"}""")]
    [InlineData("""{"op":"remove","path":"ims"}""")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"other\"]"}""")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"other\"].value"}""")]
    [InlineData("""{"op":"remove","path":"emails","value":[]}""")]
    [InlineData("""{"op":"remove","path":"emails","value":[{"value":"nobody"}]}""")]
    [InlineData("""{"op":"add","path":"title","value":null}""")]
    [InlineData("""{"op":"add","path":"emails","value":[]}""")]
    [InlineData("""{"op":"add","value":{"title":null,"emails":[]}}""")]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"h@x.example","type":"home"}]}""")]
    [InlineData("""{"op":"replace","path":"title","value":"T"}""")]
    [InlineData("""{"op":"replace","path":"active","value":"True"}""")]
    [InlineData("""{"op":"replace","path":"nickName","value":"x"},{"op":"remove","path":"nickName"}""")]
    [InlineData("""{"op":"add","path":"name","value":{}}""")]
    [InlineData($$"""{"op":"replace","path":"id","value":"{{Patch.Id}}"}""")]
    [InlineData($$$"""{"op":"replace","value":{"id":"{{{Patch.Id}}}"}}""")]
    [InlineData("""{"op":"replace","value":{"meta":{"version":"x"},"groups":[{"value":"g"}],"schemas":["x"]}}""")]
    [InlineData("""{"op":"replace","path":"password","value":"secret"}""")]
    [InlineData("""{"op":"replace","value":{"password":"secret"}}""")]
    [InlineData($$"""{"op":"add","path":"schemas","value":["{{Enterprise}}"]}""")]
    public void An_operation_that_asks_for_what_is_there_changes_nothing(string operation) => Patch.ChangesNothing(Person, operation);

    [Theory]
    [InlineData("""{"op":"remove","path":"userName"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"userName","value":null}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","value":{"userName":null}}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"userName","value":" "}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","path":"id","value":"other"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","value":{"id":"other"}}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"remove","path":"id"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"groups","value":[]}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"meta.version","value":"x"}""", ScimErrorType.Mutability)]
    [InlineData($$"""{"op":"replace","path":"{{Enterprise}}:manager.displayName","value":"x"}""", ScimErrorType.Mutability)]
    [InlineData("""{"op":"replace","path":"active","value":"maybe"}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","path":"title","value":{"a":1}}""", ScimErrorType.InvalidValue)]
    [InlineData(
        """{"op":"replace","path":"emails","value":[{"value":"a","primary":true},{"value":"b","primary":true}]}""",
        ScimErrorType.InvalidValue
    )]
    [InlineData("""{"op":"replace","path":"emails[value ew \"example\"].primary","value":true}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"].primary","value":"+1 555"}""", ScimErrorType.InvalidValue)]
    [InlineData($$"""{"op":"replace","path":"{{NinjaOne}}:userType","value":"Guest"}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","value":{"shoeSize":1}}""", ScimErrorType.InvalidValue)]
    [InlineData("""{"op":"replace","path":"urn:example:2.0:User:x","value":1}""", ScimErrorType.InvalidPath)]
    [InlineData(
        """{"op":"replace","path":"urn:example:2.0:User:x","value":1},{"op":"add","value":{"shoeSize":1}}""",
        ScimErrorType.InvalidPath
    )]
    public void What_must_not_be_done_is_refused_and_nothing_of_the_request_is_applied(string operation, ScimErrorType type) =>
        Assert.Equal((400, type), Kind(Patch.Failed(Person, operation)));

    [Fact]
    public void An_operation_that_fails_late_undoes_the_earlier_ones_and_says_which_it_was()
    {
        var error = Patch.Failed(Person, """{"op":"replace","path":"title","value":"T2"},{"op":"remove","path":"userName"}""");

        Assert.StartsWith("Operation 2: ", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unregistered_schema_and_unknown_attributes_are_ignored_when_something_else_takes_effect()
    {
        var result = Patch.Done(
            """{"userName":"a"}""",
            """{"op":"add","path":"urn:example:2.0:User:x","value":1},{"op":"replace","value":{"shoeSize":1,"active":false}}"""
        );

        Json.Equal("""{"userName":"a","active":false}""", result.Document);
        Assert.Equal(["unknown-schema-in-path", "unknown-attribute"], result.Repairs.Select(repair => repair.Rule.Name));
    }

    [Fact]
    public void The_number_of_values_is_limited_across_operations()
    {
        var first = string.Join(',', Enumerable.Range(0, 600).Select(number => $$"""{"value":"a{{number}}"}"""));
        var second = string.Join(',', Enumerable.Range(0, 600).Select(number => $$"""{"value":"b{{number}}"}"""));

        var error = Patch.Failed(
            """{"userName":"a"}""",
            $$"""{"op":"add","path":"roles","value":[{{first}}]},{"op":"add","path":"roles","value":[{{second}}]}"""
        );

        Assert.Equal(ScimErrorType.InvalidValue, error.Type);
    }

    [Fact]
    public void An_unknown_attribute_with_a_filter_inside_a_value_is_ignored() =>
        Patch.Changes(
            """{"userName":"a"}""",
            """{"op":"replace","value":{"shoes[type eq \"work\"].value":"x","id":null,"active":true}}""",
            """{"userName":"a","active":true}""",
            "unknown-attribute"
        );

    [Fact]
    public void The_number_of_operations_on_lists_is_limited()
    {
        var operations = string.Join(',', Enumerable.Repeat("""{"op":"remove","path":"roles[value eq \"x\"]"}""", 501));

        Assert.Equal(ScimErrorType.InvalidValue, Patch.Failed("""{"userName":"a"}""", operations).Type);
    }

    [Fact]
    public void Across_operations_the_later_primary_wins() =>
        Patch.Changes(
            """{"userName":"a"}""",
            """{"op":"add","path":"emails","value":[{"value":"x","primary":true}]},{"op":"add","path":"emails","value":[{"value":"y","primary":true}]}""",
            """{"userName":"a","emails":[{"value":"x","primary":false},{"value":"y","primary":true}]}"""
        );

    [Fact]
    public void Entra_sends_one_operation_per_attribute_without_its_flag() =>
        Patch.Changes(
            """{"userName":"a"}""",
            $$"""
            {"op":"Replace","path":"active","value":"True"},{"op":"Add","path":"name.givenName","value":"B"},
            {"op":"Add","path":"emails[type eq \"work\"].value","value":"b@x"},{"op":"Add","path":"{{Enterprise}}:employeeNumber","value":"7"}
            """,
            $$$"""{"userName":"a","name":{"givenName":"B"},"active":true,"emails":[{"value":"b@x","type":"work"}],"{{{Enterprise}}}":{"employeeNumber":"7"}}""",
            "operation-letter-case"
        );

    [Fact]
    public void Entra_sends_one_object_with_flat_names_with_its_flag() =>
        Patch.Changes(
            """{"userName":"a"}""",
            $$$"""{"op":"replace","value":{"displayName":"A","name.givenName":"B","{{{Enterprise}}}:employeeNumber":"7","{{{NinjaOne}}}:userType":"technician"}}""",
            $$$"""{"userName":"a","name":{"givenName":"B"},"displayName":"A","{{{Enterprise}}}":{"employeeNumber":"7"},"{{{NinjaOne}}}":{"userType":"Technician"}}""",
            "flat-name"
        );

    private static (int Status, ScimErrorType? Type) Kind(ScimError error) => (error.Status, error.Type);
}
