using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.5.1: PUT.</summary>
public sealed class ReplacingTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    [Proves("7644-3.5-1", "7644-3.5.1-2", "7644-3.5.1-3", "7644-3.5.1-6", "7643-3.1-4")]
    public async Task PUT_sets_what_the_body_has_and_clears_the_rest()
    {
        var id = await Contoso.AddUserAsync(
            "put@contoso.com",
            $$""","externalId":"put","title":"T","nickName":"N","active":false,"name":{"givenName":"G","familyName":"F"},"emails":[{"value":"w@x.org"}],"{{Enterprise}}":{"department":"D"}"""
        );
        var group = await Contoso.AddGroupAsync("Put", id);

        var replaced = await Contoso.PutAsync(
            $"/Users/{id}",
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"other","userName":"put2@contoso.com","title":"T2",
             "name":{"givenName":"G2"},"groups":[],"meta":{"created":"2001-01-01T00:00:00Z"}}
            """
        );

        Assert.Equal(200, replaced.Status);
        var body = replaced.Body;
        Assert.Equal(
            (id, "put2@contoso.com", "T2"),
            (replaced.Id, body["userName"]!.GetValue<string>(), body["title"]!.GetValue<string>())
        );
        Assert.Equal("""{"givenName":"G2"}""", body["name"]!.ToJsonString());
        Assert.All((string[])["externalId", "nickName", "emails"], cleared => Assert.Null(body[cleared]));
        Assert.False(body["active"]!.GetValue<bool>());
        Assert.Equal("D", body[Enterprise]!["department"]!.GetValue<string>());
        Assert.Equal(group, body["groups"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("2026-11-23T12:00:00.000Z", body["meta"]!["created"]!.GetValue<string>());
        Assert.Equal(replaced.Text, (await Contoso.GetAsync($"/Users/{id}")).Text);
    }

    [Fact]
    [Proves("7644-3.5.1-2", "7644-3.5.1-3")]
    public async Task PUT_of_a_group_sets_the_members_it_names_and_keeps_those_it_does_not_speak_of()
    {
        var (ann, bob) = (await Contoso.AddUserAsync("ann@contoso.com"), await Contoso.AddUserAsync("bob@contoso.com"));
        var id = await Contoso.AddGroupAsync("Members", ann);

        var kept = await Contoso.PutAsync($"/Groups/{id}", """{"displayName":"Members 2"}""");
        var set = await Contoso.PutAsync($"/Groups/{id}", $$"""{"displayName":"Members 2","members":[{"value":"{{bob}}"}]}""");
        var cleared = await Contoso.PutAsync($"/Groups/{id}", """{"displayName":"Members 2","members":[]}""");

        Assert.Equal(ann, kept.Body["members"]!.AsArray().Single()!["value"]!.GetValue<string>());
        Assert.Equal(bob, set.Body["members"]!.AsArray().Single()!["value"]!.GetValue<string>());
        Assert.Null(cleared.Body["members"]);
    }

    [Theory]
    [InlineData("/Users", """{"displayName":"nobody"}""")]
    [InlineData("/Users", """{"userName":""}""")]
    [InlineData("/Groups", "{}")]
    [Proves("7644-3.5.1-7", "7643-4.1.1-1", "7643-4.2-1", "7644-3.12-t8")]
    public async Task PUT_without_a_required_attribute_is_refused(string endpoint, string json)
    {
        var id =
            endpoint == "/Users" ? await Contoso.AddUserAsync($"{Guid.NewGuid():N}") : await Contoso.AddGroupAsync($"{Guid.NewGuid():N}");

        var reply = await host.RefusedAsync(() => Contoso.PutAsync($"{endpoint}/{id}", json));

        reply.AssertError(400, "invalidValue", "required");
    }

    [Fact]
    public async Task GET_PUT_GET_changes_nothing()
    {
        var id = await Contoso.AddUserAsync(
            "same@contoso.com",
            $$""","title":"T","emails":[{"value":"w@x.org","type":"work","primary":true}],"{{Enterprise}}":{"manager":{"value":"m"} }"""
        );
        var group = await Contoso.AddGroupAsync("Same", id);
        foreach (var path in (string[])[$"/Users/{id}", $"/Groups/{group}"])
        {
            var before = await Contoso.GetAsync(path);
            var state = await host.StateAsync();

            var put = await Contoso.PutAsync(path, before.Text);

            Assert.Equal(before.Text, put.Text);
            Assert.Equal(before.Text, (await Contoso.GetAsync(path)).Text);
            Assert.Equal(state, await host.StateAsync());
        }
    }
}
