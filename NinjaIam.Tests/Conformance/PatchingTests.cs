using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.5.2: PATCH.</summary>
public sealed class PatchingTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private const string Emails =
        """[{"value":"w@x.org","type":"work","primary":true},{"value":"h@x.org","type":"home"},{"value":"h2@x.org","type":"home"}]""";

    private ScimClient Contoso => host.Contoso;

    [Theory]
    // add
    [InlineData("""{"op":"add","path":"nickName","value":"N"}""", "nickName", "\"N\"")]
    [InlineData("""{"op":"add","path":"title","value":"U"}""", "title", "\"U\"")]
    [InlineData("""{"op":"add","value":{"title":"U"}}""", "title", "\"U\"")]
    [InlineData(
        """{"op":"add","path":"name","value":{"middleName":"M"}}""",
        "name",
        """{"familyName":"F","givenName":"G","middleName":"M"}"""
    )]
    [InlineData("""{"op":"add","path":"name.middleName","value":"M"}""", "name", """{"familyName":"F","givenName":"G","middleName":"M"}""")]
    [InlineData($$"""{"op":"add","path":"{{User}}:name.givenName","value":"H"}""", "name", """{"familyName":"F","givenName":"H"}""")]
    [InlineData("""{"op":"add","path":"roles","value":[{"value":"r"}]}""", "roles", """[{"value":"r"}]""")]
    [InlineData(
        """{"op":"add","path":"emails","value":[{"value":"o@x.org","type":"other","primary":true}]}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":false},{"value":"h@x.org","type":"home"},{"value":"h2@x.org","type":"home"},{"value":"o@x.org","type":"other","primary":true}]"""
    )]
    [InlineData(
        """{"op":"add","path":"emails[value eq \"h@x.org\"].display","value":"d"}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":true},{"value":"h@x.org","display":"d","type":"home"},{"value":"h2@x.org","type":"home"}]"""
    )]
    [InlineData($$"""{"op":"add","path":"{{Enterprise}}:division","value":"V"}""", Enterprise, """{"division":"V","department":"D"}""")]
    [InlineData(
        $$"""{"op":"add","path":"{{Enterprise}}","value":{"division":"V"} }""",
        Enterprise,
        """{"division":"V","department":"D"}"""
    )]
    [InlineData(
        $$$"""{"op":"add","value":{"schemas":["{{{User}}}","{{{Enterprise}}}"],"{{{Enterprise}}}":{"division":"V"} } }""",
        Enterprise,
        """{"division":"V","department":"D"}"""
    )]
    // remove
    [InlineData("""{"op":"remove","path":"title"}""", "title", null)]
    [InlineData("""{"op":"remove","path":"active"}""", "active", null)]
    [InlineData("""{"op":"remove","path":"name.givenName"}""", "name", """{"familyName":"F"}""")]
    [InlineData("""{"op":"remove","path":"name"}""", "name", null)]
    [InlineData("""{"op":"remove","path":"emails"}""", "emails", null)]
    [InlineData(
        """{"op":"remove","path":"emails[type eq \"home\"]"}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":true}]"""
    )]
    [InlineData("""{"op":"remove","path":"emails[type eq \"home\" or type eq \"work\"]"}""", "emails", null)]
    [InlineData(
        """{"op":"remove","path":"emails[type eq \"work\"].primary"}""",
        "emails",
        """[{"value":"w@x.org","type":"work"},{"value":"h@x.org","type":"home"},{"value":"h2@x.org","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"remove","path":"emails[value pr].value"},{"op":"remove","path":"emails[type pr].type"},{"op":"remove","path":"emails.primary"}""",
        "emails",
        null
    )]
    [InlineData($$"""{"op":"remove","path":"{{Enterprise}}:department"}""", Enterprise, null)]
    [InlineData($$"""{"op":"remove","path":"{{Enterprise}}"}""", Enterprise, null)]
    // replace
    [InlineData("""{"op":"replace","path":"title","value":"U"}""", "title", "\"U\"")]
    [InlineData("""{"op":"replace","path":"nickName","value":"N"}""", "nickName", "\"N\"")]
    [InlineData("""{"op":"replace","value":{"title":"U"}}""", "title", "\"U\"")]
    [InlineData("""{"op":"replace","path":"name","value":{"givenName":"H"}}""", "name", """{"familyName":"F","givenName":"H"}""")]
    [InlineData("""{"op":"replace","path":"name.givenName","value":"H"}""", "name", """{"familyName":"F","givenName":"H"}""")]
    [InlineData("""{"op":"replace","path":"emails","value":[{"value":"o@x.org"}]}""", "emails", """[{"value":"o@x.org"}]""")]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"home\"].display","value":"d"}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":true},{"value":"h@x.org","display":"d","type":"home"},{"value":"h2@x.org","display":"d","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"emails[value eq \"h@x.org\"]","value":{"value":"n@x.org","type":"other","primary":true}}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":false},{"value":"n@x.org","type":"other","primary":true},{"value":"h2@x.org","type":"home"}]"""
    )]
    [InlineData(
        """{"op":"replace","path":"emails[value ew \"x.org\" and not (type eq \"work\")].type","value":"other"}""",
        "emails",
        """[{"value":"w@x.org","type":"work","primary":true},{"value":"h@x.org","type":"other"},{"value":"h2@x.org","type":"other"}]"""
    )]
    [InlineData(
        $$"""{"op":"replace","path":"{{Enterprise}}:manager.value","value":"m"}""",
        Enterprise,
        """{"department":"D","manager":{"value":"m"}}"""
    )]
    // In order.
    [InlineData("""{"op":"add","path":"title","value":"1"},{"op":"replace","path":"title","value":"2"}""", "title", "\"2\"")]
    [InlineData("""{"op":"remove","path":"title"},{"op":"add","path":"title","value":"2"}""", "title", "\"2\"")]
    [Proves(
        "7644-3.5-2",
        "7644-3.5.2-8",
        "7644-3.5.2-9",
        "7644-3.5.2-10",
        "7644-3.5.2-14",
        "7644-3.5.2.1-2",
        "7644-3.5.2.2-1",
        "7644-3.5.2.2-2",
        "7644-3.5.2.2-3",
        "7644-3.5.2.2-4",
        "7644-3.5.2.2-5",
        "7644-3.5.2.3-1",
        "7644-3.5.2.3-2",
        "7644-3.5.2.3-3",
        "7644-3.5.2.3-4",
        "7643-2.4-3"
    )]
    public async Task An_operation_changes_what_its_path_names_and_nothing_else(string operations, string attribute, string? expected)
    {
        var path = $"/Users/{await AddAsync()}";
        var wanted = (await Contoso.GetAsync(path)).Body;
        Set(wanted, attribute, expected);
        var reply = await Contoso.PatchAsync(path, operations);

        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal("W/\"2\"", reply.Header("ETag"));
        var found = reply.Body;
        Assert.Equal(
            expected is null && attribute == Enterprise ? [User] : [User, Enterprise],
            found["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>())
        );
        foreach (var answer in (JsonObject[])[wanted, found])
        {
            answer.Remove("meta");
            answer.Remove("schemas");
        }

        Assert.True(JsonNode.DeepEquals(wanted, found), found.ToJsonString());
        Assert.Equal(reply.Text, (await Contoso.GetAsync(path)).Text);
    }

    [Theory]
    [InlineData("""{"op":"add","path":"title","value":"T"}""")]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":"h@x.org","type":"home"}]}""")]
    [InlineData("""{"op":"add","path":"name","value":{"givenName":"G"}}""")]
    [InlineData("""{"op":"add","value":{"active":true,"title":"T"}}""")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"work\"].primary","value":true}""")]
    [InlineData("""{"op":"replace","path":"title","value":"U"},{"op":"replace","path":"title","value":"T"}""")]
    [InlineData("""{"op":"remove","path":"nickName"}""")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"other\"]"}""")]
    [Proves("7644-3.5.2.1-3", "7644-3.5.2.1-4")]
    public async Task What_asks_for_what_is_there_changes_neither_version_nor_lastModified(string operations)
    {
        var path = $"/Users/{await AddAsync()}";
        var before = await Contoso.GetAsync(path);
        var state = await host.StateAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var reply = await Contoso.PatchAsync(path, operations);

        Assert.Equal((200, before.Text), (reply.Status, reply.Text));
        Assert.Equal(state, await host.StateAsync());
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"add","path":"title","value":"x"}]}""", "invalidSyntax")]
    [InlineData(
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"op":"add","path":"title","value":"x"}]}""",
        "invalidSyntax"
    )]
    [InlineData("""{"schemas":["PATCH"]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":[]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":{"op":"remove","path":"title"}}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":[{"path":"title","value":"x"}]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":[{"op":"add","op":"remove","path":"title","value":"x"}]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":["remove"]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["PATCH"],"Operations":[{"op":"move","path":"title","value":"x"}]}""", "invalidValue")]
    [Proves("7644-3.5.2-1", "7644-3.5.2-2", "7644-3.5.2-3", "7644-3.12-t5")]
    public async Task What_is_no_PATCH_is_refused(string json, string scimType)
    {
        var id = await AddAsync();

        var reply = await host.RefusedAsync(() =>
            Contoso.SendAsync(
                HttpMethod.Patch,
                $"/Users/{id}",
                json.Replace("PATCH", "urn:ietf:params:scim:api:messages:2.0:PatchOp", StringComparison.Ordinal)
            )
        );

        reply.AssertError(400, scimType);
    }

    [Theory]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"remove","path":""}""", "noTarget")]
    [InlineData("""{"op":"add","path":"title"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"title"}""", "invalidValue")]
    [InlineData("""{"op":"add","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"active","value":"perhaps"}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"title","value":{"x":1}}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"name","value":"Ada"}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"emails","value":[{"value":["a","b"]}]}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"x509Certificates","value":[{"value":"no base64!"}]}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"id","value":"x"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"meta.created","value":"2001-01-01T00:00:00Z"}""", "mutability")]
    [InlineData("""{"op":"add","path":"groups","value":[{"value":"g"}]}""", "mutability")]
    [InlineData("""{"op":"remove","path":"groups"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"meta"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"schemas"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"userName"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"userName","value":null}""", "mutability")]
    [InlineData("""{"op":"add","path":"shoeSize","value":9}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"name.shoeSize","value":9}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"name[givenName eq \"G\"]","value":{}}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"emails[type eq \"work\"","value":{}}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"emails[type eq \"work\"]value","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"add","path":7,"value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"add","path":"emails[type is \"work\"].value","value":"x"}""", "invalidFilter")]
    [InlineData("""{"op":"add","path":"emails[shoeSize eq 9].value","value":"x"}""", "invalidFilter")]
    [InlineData("""{"op":"replace","path":"emails[value eq \"nobody\"].display","value":"x"}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"emails[type eq \"other\"]","value":{"value":"x"}}""", "noTarget")]
    [Proves(
        "7644-3.5.2-4",
        "7644-3.5.2-5",
        "7644-3.5.2-6",
        "7644-3.5.2-7",
        "7644-3.5.2-11",
        "7644-3.5.2-12",
        "7644-3.5.2-13",
        "7644-3.5.2.1-1",
        "7644-3.5.2.2-6",
        "7644-3.5.2.3-5",
        "7644-3.12-t4",
        "7644-3.12-t6",
        "7644-3.12-t7",
        "7644-3.12-t8",
        "7643-7-6"
    )]
    public async Task One_operation_that_cannot_be_done_undoes_the_whole_request(string operation, string scimType)
    {
        var id = await AddAsync();

        var reply = await host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Users/{id}", $$"""{"op":"replace","path":"title","value":"U"},{{operation}}""")
        );

        reply.AssertError(400, scimType, "Operation 2");
    }

    [Fact]
    [Proves("7644-3.5.2-6", "7644-3.5.1-4")]
    public async Task A_member_is_added_and_removed_but_never_changed()
    {
        var (ann, bob) = (await AddAsync(), await AddAsync());
        var group = await Contoso.AddGroupAsync(Guid.NewGuid().ToString("N"), ann);
        foreach (
            var operation in (string[])
                [
                    $$"""{"op":"replace","path":"members[value eq \"{{ann}}\"].value","value":"{{bob}}"}""",
                    $$"""{"op":"replace","path":"members[value eq \"{{ann}}\"]","value":{"value":"{{bob}}"} }""",
                    $$"""{"op":"add","path":"members.value","value":"{{bob}}"}""",
                    """{"op":"remove","path":"members.type"}""",
                ]
        )
        {
            (await host.RefusedAsync(() => Contoso.PatchAsync($"/Groups/{group}", operation))).AssertError(400, "mutability");
        }
    }

    private Task<string> AddAsync() =>
        Contoso.AddUserAsync(
            Guid.NewGuid().ToString("N"),
            $$""","title":"T","name":{"givenName":"G","familyName":"F"},"emails":{{Emails}},"{{Enterprise}}":{"department":"D"}"""
        );

    private static void Set(JsonObject answer, string attribute, string? expected)
    {
        answer.Remove(attribute);
        if (expected is not null)
        {
            answer[attribute] = JsonNode.Parse(expected);
        }
    }
}
