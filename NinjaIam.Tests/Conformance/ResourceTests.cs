using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7643, sections 2 to 4: what a resource is.</summary>
public sealed class ResourceTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    [Proves("7643-2.3.7-1", "7643-2.3.7-2", "7643-4.1.2-5", "7643-4.1.2-6", "7643-4.3-1")]
    public async Task References_that_the_provider_makes_lead_to_the_resource()
    {
        var boss = await Contoso.AddUserAsync("boss");
        var ann = await Contoso.AddUserAsync("ann", $$""","{{Enterprise}}":{"manager":{"value":"{{boss}}"} }""");
        var team = await Contoso.AddGroupAsync("Team", ann);

        var user = (await Contoso.GetAsync($"/Users/{ann}")).Body;
        var group = (await Contoso.GetAsync($"/Groups/{team}")).Body;

        Assert.Equal(boss, user[Enterprise]!["manager"]!["value"]!.GetValue<string>());
        Assert.Equal(
            $$"""{"value":"{{team}}","$ref":"{{group["meta"]!["location"]}}","display":"Team","type":"direct"}""",
            user["groups"]!.AsArray().Single()!.ToJsonString()
        );
        Assert.Equal(
            $$"""{"value":"{{ann}}","$ref":"{{user["meta"]!["location"]}}","type":"User","display":"ann"}""",
            group["members"]!.AsArray().Single()!.ToJsonString()
        );
        foreach (
            var (address, id) in (IEnumerable<(JsonNode, string)>)
                [(user["groups"]![0]!["$ref"]!, team), (group["members"]![0]!["$ref"]!, ann)]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address.GetValue<string>(), UriKind.Absolute));
            request.Headers.Authorization = new("Bearer", Contoso.Token);
            using var response = await host.Client.SendAsync(request);
            Assert.Equal(id, (await ScimReply.ReadAsync(response)).Id);
        }
    }

    [Fact]
    [Proves("7643-2.3.8-1", "7643-2.4-1", "7643-2.4-2", "7643-2.4-7")]
    public async Task Order_says_nothing_and_the_same_value_is_kept_once()
    {
        var one = await Contoso.PostAsync(
            "/Users",
            """{"emails":[{"primary":true,"type":"work","value":"o@x.org","display":"O"},{"value":"O@X.ORG","type":"Work"},{"value":"o@x.org","type":"home"}],"userName":"order1","title":"T"}"""
        );
        var other = await Contoso.PostAsync(
            "/Users",
            """{"title":"T","userName":"order2","emails":[{"value":"o@x.org","display":"O","type":"work","primary":true},{"type":"home","value":"o@x.org"}]}"""
        );

        Assert.Equal(
            """[{"value":"o@x.org","display":"O","type":"work","primary":true},{"value":"o@x.org","type":"home"}]""",
            one.Body["emails"]!.ToJsonString()
        );
        Assert.Equal(one.Body["emails"]!.ToJsonString(), other.Body["emails"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"userName":"NAME","emails":[{"value":"a","primary":true},{"value":"b","primary":true}]}""")]
    [InlineData("""{"userName":"NAME","addresses":[{"country":"a","primary":"true"},{"country":"b","primary":true}]}""")]
    [Proves("7643-2.4-3")]
    public async Task Two_primary_values_are_refused(string json)
    {
        var reply = await host.RefusedAsync(() =>
            Contoso.PostAsync("/Users", json.Replace("NAME", Guid.NewGuid().ToString("N"), StringComparison.Ordinal))
        );

        reply.AssertError(400, "invalidValue", "primary");
    }

    [Fact]
    [Proves("7643-2.4-4")]
    public async Task A_value_that_is_not_said_to_be_primary_is_not()
    {
        var id = await Contoso.AddUserAsync("noprimary", ""","emails":[{"value":"a"}]""");

        Assert.Equal(0, await CountAsync($"id eq \"{id}\" and emails[primary eq true]"));
        Assert.Equal(1, await CountAsync($"id eq \"{id}\" and emails[primary ne true]"));
    }

    [Fact]
    [Proves("7643-2.5-1")]
    public async Task Null_an_empty_list_and_nothing_are_the_same_state()
    {
        var user = await Contoso.AddUserAsync("state", ""","title":"T","emails":[{"value":"a"}],"name":{"givenName":"G"}""");
        var nothing = await Contoso.PutAsync($"/Users/{user}", """{"userName":"state"}""");
        var state = await host.StateAsync();

        var nulls = await Contoso.PutAsync($"/Users/{user}", """{"userName":"state","title":null,"emails":null,"name":null}""");
        var empty = await Contoso.PutAsync($"/Users/{user}", """{"userName":"state","emails":[],"name":{},"roles":[{}]}""");
        var patched = await Contoso.PatchAsync(
            $"/Users/{user}",
            """{"op":"replace","value":{"title":null,"emails":[]}},{"op":"replace","path":"name","value":null}"""
        );

        Assert.All(new[] { nulls, empty, patched }, reply => Assert.Equal(nothing.Text, reply.Text));
        Assert.Equal(state, await host.StateAsync());
        Assert.DoesNotContain("null", nothing.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("7643-3-6", "7643-3.1-1", "7643-3.1-3", "7643-3.1-4", "7643-3.1-7", "7643-3.1-11", "7643-4.1.1-5", "7643-4.1.1-6")]
    public async Task Every_resource_has_the_common_attributes_and_no_value_that_nobody_gave_it()
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < 10; index++)
        {
            foreach (var id in (string[])[await Contoso.AddUserAsync($"common{index}"), await Contoso.AddGroupAsync($"Common {index}")])
            {
                Assert.True(ids.Add(id));
                Assert.DoesNotContain("bulkId", id, StringComparison.OrdinalIgnoreCase);
            }
        }

        var user = (await Contoso.GetAsync("/Users?filter=userName eq \"common1\"")).Body["Resources"]![0]!.AsObject();
        Assert.Equal(["schemas", "id", "userName", "active", "meta"], user.Select(property => property.Key));
        Assert.Equal(
            ["resourceType", "created", "lastModified", "location", "version"],
            user["meta"]!.AsObject().Select(property => property.Key)
        );
        var named = await Contoso.AddUserAsync("common", ""","displayName":"Ada Lind","name":{"givenName":"A","familyName":"B"}""");
        Assert.Equal("Ada Lind", (await host.AccountAsync(named)).Name);
    }

    [Fact]
    [Proves("7643-3.1-12", "7643-7-7")]
    public async Task ExternalId_is_the_clients_own_and_keeps_its_letter_case()
    {
        var fabrikam = await host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var ours = await Contoso.AddUserAsync("external@contoso.com", ""","externalId":"SaMe" """);
        var theirs = await fabrikam.AddUserAsync("external@fabrikam.com", ""","externalId":"SaMe" """);

        Assert.NotEqual(ours, theirs);
        Assert.Equal("SaMe", (await Contoso.GetAsync($"/Users/{ours}")).Body["externalId"]!.GetValue<string>());
        Assert.Equal(1, await CountAsync("externalId eq \"SaMe\""));
        Assert.Equal(0, await CountAsync("externalId eq \"same\""));
    }

    [Fact]
    [Proves("7643-4.1.1-7", "7643-4.1.1-8", "7643-4.1.1-9", "7643-9.2-1")]
    public async Task A_password_is_accepted_and_neither_stored_nor_answered()
    {
        const string Secret = "c0rrect-h0rse-battery";
        var id = await Contoso.AddUserAsync("secret", $$""","password":"{{Secret}}" """);
        var path = $"/Users/{id}";
        ScimReply[] replies =
        [
            await Contoso.GetAsync(path),
            await Contoso.GetAsync($"{path}?attributes=password,userName"),
            await Contoso.PutAsync(path, $$"""{"userName":"secret","password":"{{Secret}}"}"""),
            await Contoso.PatchAsync(path, $$"""{"op":"replace","path":"password","value":"{{Secret}}"}"""),
        ];

        Assert.All(replies, reply => Assert.Equal((200, false), (reply.Status, reply.Body.ContainsKey("password"))));
        Assert.Null((await host.AccountAsync(id)).PasswordHash);
        Assert.DoesNotContain(Secret, await host.StateAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("7643-4.1.2-7")]
    public async Task Groups_of_a_user_are_changed_through_the_group_alone()
    {
        var team = await Contoso.AddGroupAsync("Closed");
        var groups = $$"""[{"value":"{{team}}"}]""";

        var user = await Contoso.AddUserAsync("joiner", $$""","groups":{{groups}}""");
        await Contoso.PutAsync($"/Users/{user}", $$"""{"userName":"joiner","groups":{{groups}}}""");
        await Contoso.PatchAsync($"/Users/{user}", $$"""{"op":"add","value":{"title":"T","groups":{{groups}}} }""");
        var refused = await host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Users/{user}", $$"""{"op":"add","path":"groups","value":{{groups}}}""")
        );

        refused.AssertError(400, "mutability", "groups");
        Assert.Null((await Contoso.GetAsync($"/Users/{user}")).Body["groups"]);
        Assert.Null((await Contoso.GetAsync($"/Groups/{team}")).Body["members"]);
    }

    [Theory]
    [InlineData("TUlJQg==", 201)]
    [InlineData("TUlJ-_8", 201)]
    [InlineData("-----BEGIN CERTIFICATE-----", 400)]
    [Proves("7643-2.3.6-1", "7643-4.1.2-8")]
    public async Task Certificates_are_Base64(string value, int status)
    {
        var reply = await Contoso.PostAsync("/Users", $$"""{"userName":"{{Guid.NewGuid()}}","x509Certificates":[{"value":"{{value}}"}]}""");

        Assert.Equal(status, reply.Status);
    }

    private async Task<int> CountAsync(string filter) =>
        (await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(filter)}")).Body["totalResults"]!.GetValue<int>();
}
