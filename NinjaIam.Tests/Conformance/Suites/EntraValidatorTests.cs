using System.Text.Json.Nodes;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// The Microsoft Entra SCIM Validator, https://scimvalidator.microsoft.com, with its default attributes, its tests of groups and those in
/// preview. Its guide is https://learn.microsoft.com/entra/identity/app-provisioning/scim-validator-tutorial; the checks and the form of the
/// requests are those of the results it gives. Left out: that attributes which are never returned come back, which RFC 7643, section 7,
/// forbids, and the removal of required attributes, of which the guide says that its failure is to be ignored.
/// </summary>
public sealed class EntraValidatorTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly string _login = $"{Guid.NewGuid():N}@contoso.com";
    private readonly string _name = $"Name{Guid.NewGuid():N}";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    public async Task A_user_is_created_and_found_with_every_value_that_was_sent()
    {
        var sent = JsonNode
            .Parse(
                $$"""
                {"schemas":["{{User}}","{{Enterprise}}"],"userName":"{{_login}}","externalId":"{{_name}}","active":true,"displayName":"XWQKEBRUTTOA",
                 "title":"RPIGHSWLBDNC","preferredLanguage":"de-AT","nickName":"KVBZ","locale":"OZFMXXKWUEHR","timezone":"Africa/Nowhere",
                 "userType":"AGWDNTYCPZQL","profileUrl":"QEWXSOHDLMNR",
                 "name":{"formatted":"Mina","familyName":"Okeke","givenName":"Robin","middleName":"Ada","honorificPrefix":"Dr.","honorificSuffix":"II"},
                 "emails":[{"primary":true,"type":"work","value":"{{_login}}"}],
                 "phoneNumbers":[{"primary":true,"type":"work","value":"98-553-4180"},{"type":"mobile","value":"98-553-4181"},{"type":"fax","value":"x4182"}],
                 "addresses":[{"primary":true,"type":"work","formatted":"UHZD","streetAddress":"7 Birch Row","locality":"VEXK","region":"TBLA","postalCode":"ws1 9zz","country":"Fiji"}],
                 "roles":[{"primary":"True","display":"YTHN","value":"PLKM","type":"QAZX"}],
                 "{{Enterprise}}":{"employeeNumber":"EDCR","department":"FVTG","costCenter":"BYHN","organization":"UJMI","division":"KOLP","manager":"WSXZ"} }
                """
            )!
            .AsObject();

        var created = await Contoso.PostAsync("/Users", sent.ToJsonString());

        Assert.Equal(201, created.Status);
        var found = await FindAsync("/Users", "userName", _login);
        sent["roles"]![0]!["primary"] = true;
        sent[Enterprise]!["manager"] = new JsonObject { ["value"] = "WSXZ" };
        Assert.All(sent, property => Json.Equal(property.Value!.ToJsonString(), found[property.Key]));
        Assert.Equal(created.Id, (string?)found["id"]);
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task What_exists_cannot_be_created_again(string endpoint)
    {
        await AddAsync(endpoint);

        var again = await host.RefusedAsync(() => Contoso.PostAsync(endpoint, Body(endpoint, Guid.NewGuid().ToString())));

        again.AssertError(409, "uniqueness");
    }

    [Theory]
    [InlineData("/Users", false)]
    [InlineData("/Users", true)]
    [InlineData("/Groups", false)]
    [InlineData("/Groups", true)]
    public async Task What_exists_is_found_by_its_name_in_any_letter_case(string endpoint, bool isInCapitals)
    {
        var id = await AddAsync(endpoint);
        var name = endpoint == "/Users" ? _login : _name;

        var found = await FindAsync(endpoint, NameOf(endpoint), isInCapitals ? name.ToUpperInvariant() : name);

        Assert.Equal((id, name), ((string?)found["id"], (string?)found[NameOf(endpoint)]));
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task What_does_not_exist_is_an_empty_list(string endpoint)
    {
        var reply = await Contoso.GetAsync($"{endpoint}?filter={NameOf(endpoint)}+eq+\"{Guid.NewGuid()}\"");

        Assert.Equal((200, 0), (reply.Status, (int)reply.Body["totalResults"]!));
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", reply.Body["schemas"]!.ToJsonString());
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("add")]
    public async Task Attributes_of_a_user_are_set_by_paths_with_filters_whether_they_had_a_value_or_not(string verb)
    {
        var id = await AddAsync(
            "/Users",
            verb == "add"
                ? ""
                : ""","emails":[{"primary":true,"type":"work","value":"old@contoso.com"}],"phoneNumbers":[{"type":"work","value":"1"}],"addresses":[{"type":"work","locality":"Old"}],"displayName":"Old" """
        );

        var reply = await Contoso.PatchAsync(
            $"/Users/{id}",
            $$"""
            {"op":"{{verb}}","path":"emails[type eq \"work\"].value","value":"new@contoso.com"},
            {"op":"{{verb}}","path":"phoneNumbers[type eq \"work\"].value","value":"52-817-3344"},
            {"op":"{{verb}}","path":"addresses[type eq \"work\"].streetAddress","value":"7 Birch Row"},
            {"op":"{{verb}}","path":"addresses[type eq \"work\"].locality","value":"VEXK"},
            {"op":"{{verb}}","path":"{{Enterprise}}:department","value":"FVTG"},
            {"op":"{{verb}}","value":{"displayName":"XWQK","name.givenName":"Robin","{{Enterprise}}:costCenter":"BYHN"} }
            """
        );

        Assert.Equal(200, reply.Status);
        var user = (await Contoso.GetAsync($"/Users/{id}")).Body;
        Assert.Equal("new@contoso.com", (string?)Assert.Single(user["emails"]!.AsArray())!["value"]);
        Json.Equal("""[{"value":"52-817-3344","type":"work"}]""", user["phoneNumbers"]);
        Json.Equal("""[{"streetAddress":"7 Birch Row","locality":"VEXK","type":"work"}]""", user["addresses"]);
        Json.Equal("""{"costCenter":"BYHN","department":"FVTG"}""", user[Enterprise]);
        Assert.Equal(("XWQK", "Robin"), ((string?)user["displayName"], (string?)user["name"]!["givenName"]));
    }

    [Fact]
    public async Task A_user_gets_another_userName_and_keeps_the_id()
    {
        var id = await AddAsync("/Users");

        var reply = await Contoso.PatchAsync($"/Users/{id}", $$"""{"op":"replace","value":{"userName":"new{{_login}}"} }""");

        Assert.Equal((200, id, $"new{_login}"), (reply.Status, reply.Id, (string?)reply.Body["userName"]));
        Assert.Equal(id, (string?)(await FindAsync("/Users", "userName", $"new{_login}"))["id"]);
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"active","value":false}""")]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""")]
    public async Task A_disabled_user_is_inactive_and_can_be_read(string operation)
    {
        var id = await AddAsync("/Users");

        var reply = await Contoso.PatchAsync($"/Users/{id}", operation);

        Assert.Equal((200, false), (reply.Status, (bool)reply.Body["active"]!));
        Assert.False((bool)(await Contoso.GetAsync($"/Users/{id}")).Body["active"]!);
    }

    [Theory]
    [InlineData("add", "")]
    [InlineData("replace", ""","manager":{"value":"OLDM"}""")]
    public async Task A_manager_is_added_and_replaced(string verb, string before)
    {
        var id = await AddAsync("/Users", $$""","{{Enterprise}}":{"department":"FVTG"{{before}}}""");

        var reply = await Contoso.PatchAsync(
            $"/Users/{id}",
            $$"""{"op":"{{verb}}","path":"{{Enterprise}}:manager","value":{"value":"NEWM"} }"""
        );

        Assert.Equal(200, reply.Status);
        Json.Equal("""{"department":"FVTG","manager":{"value":"NEWM"}}""", reply.Body[Enterprise]);
    }

    [Fact]
    public async Task A_removed_manager_is_absent_and_not_empty()
    {
        var id = await AddAsync("/Users", $$""","{{Enterprise}}":{"department":"FVTG","manager":{"value":"OLDM"} }""");

        var reply = await Contoso.PatchAsync($"/Users/{id}", $$"""{"op":"remove","path":"{{Enterprise}}:manager"}""");

        Assert.Equal(200, reply.Status);
        Json.Equal("""{"department":"FVTG"}""", (await Contoso.GetAsync($"/Users/{id}")).Body[Enterprise]);
    }

    [Fact]
    public async Task Operations_on_several_attributes_are_all_done()
    {
        var id = await AddAsync("/Users", ""","preferredLanguage":"de-AT","displayName":"Old" """);

        var reply = await Contoso.PatchAsync(
            $"/Users/{id}",
            $$"""
            {"op":"remove","path":"preferredLanguage"},{"op":"add","path":"externalId","value":"new{{_name}}"},
            {"op":"replace","path":"displayName","value":"XWQK"}
            """
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            (null, $"new{_name}", "XWQK"),
            ((string?)reply.Body["preferredLanguage"], (string?)reply.Body["externalId"], (string?)reply.Body["displayName"])
        );
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task Operations_on_the_same_attribute_are_done_one_after_the_other(string endpoint)
    {
        var id = await AddAsync(endpoint);

        var reply = await Contoso.PatchAsync(
            $"{endpoint}/{id}",
            $$"""
            {"op":"remove","path":"externalId"},{"op":"add","path":"externalId","value":"1{{_name}}"},
            {"op":"replace","path":"externalId","value":"2{{_name}}"}
            """
        );

        Assert.InRange(reply.Status, 200, 204);
        Assert.Equal($"2{_name}", (string?)(await Contoso.GetAsync($"{endpoint}/{id}")).Body["externalId"]);
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task What_is_deleted_is_gone_and_cannot_be_deleted_again(string endpoint)
    {
        var id = await AddAsync(endpoint);

        var deleted = await Contoso.DeleteAsync($"{endpoint}/{id}");

        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        (await Contoso.GetAsync($"{endpoint}/{id}")).AssertError(404, null);
        (await Contoso.DeleteAsync($"{endpoint}/{id}")).AssertError(404, null);
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task What_never_existed_cannot_be_deleted(string endpoint) =>
        (await host.RefusedAsync(() => Contoso.DeleteAsync($"{endpoint}/{Guid.NewGuid()}"))).AssertError(404, null);

    [Fact]
    public async Task A_group_is_read_and_found_without_its_members()
    {
        var member = await AddAsync("/Users");
        var id = await AddAsync("/Groups", $$""","members":[{"value":"{{member}}"}]""");

        var one = await Contoso.GetAsync($"/Groups/{id}?excludedAttributes=members");
        var list = await Contoso.GetAsync($"/Groups?excludedAttributes=members&filter=displayName+eq+\"{_name}\"");

        Assert.All(
            new[] { one.Body, Assert.Single(list.Body["Resources"]!.AsArray())!.AsObject() },
            group =>
            {
                Assert.Equal((id, _name), ((string?)group["id"], (string?)group["displayName"]));
                Assert.False(group.ContainsKey("members"));
            }
        );
    }

    [Theory]
    [InlineData("externalId")]
    [InlineData("displayName")]
    public async Task An_attribute_of_a_group_is_replaced_by_an_operation_without_path(string attribute)
    {
        var id = await AddAsync("/Groups");

        var reply = await Contoso.PatchAsync($"/Groups/{id}", $$"""{"op":"replace","value":{"{{attribute}}":"new{{_name}}"} }""");

        Assert.Equal(204, reply.Status);
        Assert.Equal($"new{_name}", (string?)(await Contoso.GetAsync($"/Groups/{id}")).Body[attribute]);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"members[value eq \"MEMBER\"]"}""")]
    [InlineData("""{"op":"Remove","path":"members","value":[{"$ref":null,"value":"MEMBER"}]}""")]
    public async Task A_member_is_added_to_a_group_and_removed_from_it(string removal)
    {
        var (member, id) = (await AddAsync("/Users"), await AddAsync("/Groups"));

        var added = await Contoso.PatchAsync(
            $"/Groups/{id}",
            $$"""{"op":"add","path":"members","value":[{"$ref":null,"value":"{{member}}"}]}"""
        );
        var with = await MembersAsync(id);
        var removed = await Contoso.PatchAsync($"/Groups/{id}", removal.Replace("MEMBER", member, StringComparison.Ordinal));

        Assert.Equal((204, 204), (added.Status, removed.Status));
        Assert.Equal([member], with);
        Assert.Empty(await MembersAsync(id));
    }

    [Fact]
    public async Task Members_are_added_and_removed_in_one_request()
    {
        var (stays, goes, comes) = (await AddUserAsync(), await AddUserAsync(), await AddUserAsync());
        var id = await AddAsync("/Groups", $$""","members":[{"value":"{{stays}}"},{"value":"{{goes}}"}]""");

        var reply = await Contoso.PatchAsync(
            $"/Groups/{id}",
            $$"""{"op":"add","path":"members","value":[{"value":"{{comes}}"}]},{"op":"remove","path":"members[value eq \"{{goes}}\"]"}"""
        );

        Assert.Equal(204, reply.Status);
        Assert.Equal(new[] { stays, comes }.Order(StringComparer.Ordinal), (await MembersAsync(id)).Order(StringComparer.Ordinal));
    }

    private static string NameOf(string endpoint) => endpoint == "/Users" ? "userName" : "displayName";

    private string Body(string endpoint, string externalId, string more = "") =>
        endpoint == "/Users"
            ? $$"""{"schemas":["{{User}}"],"userName":"{{_login}}","externalId":"{{externalId}}","active":true{{more}}}"""
            : $$"""{"schemas":["{{Group}}"],"displayName":"{{_name}}","externalId":"{{externalId}}"{{more}}}""";

    private async Task<string> AddAsync(string endpoint, string more = "")
    {
        var reply = await Contoso.PostAsync(endpoint, Body(endpoint, Guid.NewGuid().ToString(), more));
        Assert.True(reply.Status == 201, reply.Text);
        return reply.Id;
    }

    private Task<string> AddUserAsync() => Contoso.AddUserAsync($"{Guid.NewGuid():N}@contoso.com");

    private async Task<JsonNode> FindAsync(string endpoint, string attribute, string value)
    {
        var reply = await Contoso.GetAsync($"{endpoint}?filter={attribute}+eq+\"{value}\"");
        Assert.Equal((200, 1), (reply.Status, (int)reply.Body["totalResults"]!));
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", reply.Body["schemas"]!.ToJsonString());
        return Assert.Single(reply.Body["Resources"]!.AsArray())!;
    }

    private async Task<IReadOnlyList<string>> MembersAsync(string group) =>
        [
            .. ((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]?.AsArray() ?? []).Select(member =>
                member!["value"]!.GetValue<string>()
            ),
        ];
}
