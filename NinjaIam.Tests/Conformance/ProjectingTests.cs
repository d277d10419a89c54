using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.9: which attributes an answer has, on every verb.</summary>
public sealed class ProjectingTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient Contoso => host.Contoso;

    [Theory]
    [InlineData("attributes=userName", """{"userName":"NAME"}""")]
    [InlineData("attributes=USERNAME, title", """{"userName":"NAME","title":"T"}""")]
    [InlineData("attributes=name.givenName", """{"name":{"givenName":"G"}}""")]
    [InlineData("attributes=name.givenName,name", """{"name":{"familyName":"F","givenName":"G"}}""")]
    [InlineData("attributes=emails.value", """{"emails":[{"value":"w@x.org"},{"value":"h@x.org"}]}""")]
    [InlineData($"attributes={User}:userName", """{"userName":"NAME"}""")]
    [InlineData($"attributes={User}:emails.type", """{"emails":[{"type":"work"},{"type":"home"}]}""")]
    [InlineData($"attributes={Enterprise}:department", $$$"""{"{{{Enterprise}}}":{"department":"D"}}""")]
    [InlineData($"attributes={Enterprise}:manager.value", $$$"""{"{{{Enterprise}}}":{"manager":{"value":"m"}} }""")]
    [InlineData($"attributes={Enterprise}", $$$"""{"{{{Enterprise}}}":{"department":"D","manager":{"value":"m"}} }""")]
    [InlineData("attributes=password,nothing", "{}")]
    [InlineData("attributes=meta.resourceType", """{"meta":{"resourceType":"User"}}""")]
    [InlineData(
        $"excludedAttributes=id,schemas,meta,userName,name,{User}:active,{Enterprise}",
        """{"title":"T","emails":[{"value":"w@x.org","type":"work"},{"value":"h@x.org","type":"home"}]}"""
    )]
    [InlineData(
        $"excludedAttributes=meta,TITLE,active,name.FAMILYNAME,emails.type,{Enterprise}:manager.value",
        $$$"""{"userName":"NAME","name":{"givenName":"G"},"emails":[{"value":"w@x.org"},{"value":"h@x.org"}],"{{{Enterprise}}}":{"department":"D"}}"""
    )]
    [Proves(
        "7644-3.4.2.5-1",
        "7644-3.4.2.5-2",
        "7644-3.4.2.5-3",
        "7644-3.4.2.5-4",
        "7644-3.4.2.5-5",
        "7644-3.4.3-3",
        "7644-3.4.3-4",
        "7644-3.4.3-5",
        "7644-3.9-1",
        "7644-3.9-2",
        "7644-3.9-3",
        "7644-3.5.2-15",
        "7643-7-8",
        "7643-4.1.1-8"
    )]
    public async Task Every_verb_answers_what_was_asked_for_and_what_is_always_returned(string query, string expected)
    {
        var name = $"{Guid.NewGuid():N}@contoso.com";
        var body = $$"""
            {"schemas":["{{User}}","{{Enterprise}}"],"userName":"{{name}}","title":"T","password":"secret","name":{"givenName":"G","familyName":"F"},
             "emails":[{"value":"w@x.org","type":"work"},{"value":"h@x.org","type":"home"}],
             "{{Enterprise}}":{"department":"D","manager":{"value":"m"} } }
            """;
        var wanted = JsonNode.Parse(expected.Replace("NAME", name, StringComparison.Ordinal))!.AsObject();

        var created = (await Contoso.PostAsync($"/Users?{query}", body)).Body;
        var id = created["id"]!.GetValue<string>();
        var search = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:SearchRequest"),
            ["filter"] = $"userName eq \"{name}\"",
            [query.Split('=')[0]] = new JsonArray([.. query.Split('=')[1].Split(',').Select(attribute => (JsonNode)attribute)]),
        };
        JsonObject[] answers =
        [
            created,
            (await Contoso.GetAsync($"/Users/{id}?{query}")).Body,
            (await Contoso.PutAsync($"/Users/{id}?{query}", body)).Body,
            (await Contoso.PatchAsync($"/Users/{id}?{query}", """{"op":"add","path":"title","value":"T"}""")).Body,
            (await Contoso.GetAsync($"/Users?filter=userName eq \"{name}\"&{query}")).Body["Resources"]![0]!.AsObject(),
            (await Contoso.PostAsync("/Users/.search", search.ToJsonString())).Body["Resources"]![0]!.AsObject(),
            (await Contoso.GetAsync($"?filter=userName eq \"{name}\"&{query}")).Body["Resources"]![0]!.AsObject(),
        ];

        Assert.All(
            answers,
            answer =>
            {
                Assert.Equal(id, answer["id"]!.GetValue<string>());
                Assert.Equal([User, Enterprise], answer["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));
                answer.Remove("id");
                answer.Remove("schemas");
                Assert.True(JsonNode.DeepEquals(wanted, answer), answer.ToJsonString());
            }
        );
    }

    [Fact]
    [Proves("7644-3.5.2-14", "7644-3.5.2-15")]
    public async Task A_PATCH_of_a_group_answers_the_group_when_attributes_are_asked_for()
    {
        var id = await Contoso.AddGroupAsync("Projected");

        var plain = await Contoso.PatchAsync($"/Groups/{id}", """{"op":"replace","path":"displayName","value":"Projected 2"}""");
        var asked = await Contoso.PatchAsync(
            $"/Groups/{id}?attributes=displayName",
            """{"op":"replace","path":"displayName","value":"Projected 3"}"""
        );

        Assert.Equal((204, ""), (plain.Status, plain.Text));
        Assert.Equal("W/\"2\"", plain.Header("ETag"));
        Assert.Equal(200, asked.Status);
        Assert.Equal("Projected 3", asked.Body["displayName"]!.GetValue<string>());
        Assert.Null(asked.Body["meta"]);
    }
}
