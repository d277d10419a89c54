using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, sections 3.1 to 3.3: messages, endpoints, POST.</summary>
public sealed class CreatingTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    [Proves("7644-1.2-1", "7644-1.3-1", "7644-3.8-1", "7644-3.8-2")]
    public async Task Names_of_any_letters_come_and_go_as_UTF8_and_addresses_have_no_query()
    {
        const string Name = "jörg+日本 \"x\"@contoso.com";
        var id = await Contoso.AddUserAsync(JsonEncoded(Name));

        var found = await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString($"userName eq \"{JsonEncoded(Name)}\"")}");

        Assert.Equal(1, found.Body["totalResults"]!.GetValue<int>());
        Assert.Equal(Name, found.Body["Resources"]![0]!["userName"]!.GetValue<string>());
        Assert.Equal($"{Root}/Users/{id}", found.Body["Resources"]![0]!["meta"]!["location"]!.GetValue<string>());
        Assert.DoesNotContain('?', Root);
        Assert.StartsWith($"{Root}/", (await Contoso.GetAsync("/ServiceProviderConfig")).Body["meta"]!["location"]!.GetValue<string>());
    }

    [Fact]
    [Proves("7644-3.1-1", "7644-3.1-2", "7643-3-1")]
    public async Task Messages_have_a_URN_of_messages_that_Schemas_does_not_have()
    {
        var list = await Contoso.GetAsync("/Users?count=0");
        var error = await Contoso.GetAsync($"/Users/{Guid.NewGuid()}");
        var bulk = await Contoso.PostAsync(
            "/Bulk",
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"DELETE","path":"/Users/1"}]}"""
        );

        var urns = new[] { list, error, bulk }.Select(reply => reply.Body["schemas"]!.AsArray().Single()!.GetValue<string>()).ToList();

        Assert.All(urns, urn => Assert.StartsWith("urn:ietf:params:scim:api:messages:2.0:", urn, StringComparison.Ordinal));
        var schemas = (await Contoso.GetAsync("/Schemas")).Body["Resources"]!.AsArray().Select(schema => schema!["id"]!.GetValue<string>());
        Assert.DoesNotContain(schemas, urn => urn.Contains(":api:", StringComparison.Ordinal));
        foreach (var urn in urns)
        {
            (await Contoso.GetAsync($"/Schemas/{urn}")).AssertError(404, null);
        }
    }

    [Fact]
    [Proves("7644-3.1-3", "7644-3.3-1", "7644-3.3-2", "7644-3.3-3", "7644-3.3-4", "7644-3.3.1-1", "7643-3.1-2", "7643-3.1-6", "7643-3.1-8")]
    public async Task A_new_resource_is_answered_as_it_was_understood_with_what_the_provider_added()
    {
        var created = await Contoso.PostAsync(
            "/Users",
            $$"""
            {"schemas":["{{User}}"],"userName":"created@contoso.com","active":"True","id":"mine","groups":[{"value":"g"}],
             "meta":{"resourceType":"Group","created":"2001-01-01T00:00:00Z","location":"https://elsewhere.example","version":"W/\"9\""} }
            """
        );

        Assert.Equal(201, created.Status);
        Assert.True(created.Body["active"]!.GetValue<bool>());
        Assert.True(Guid.TryParse(created.Id, out _));
        Assert.Null(created.Body["groups"]);
        var meta = created.Body["meta"]!;
        Assert.Equal("User", meta["resourceType"]!.GetValue<string>());
        Assert.Equal("2026-11-23T12:00:00.000Z", meta["created"]!.GetValue<string>());
        Assert.Equal("2026-11-23T12:00:00.000Z", meta["lastModified"]!.GetValue<string>());
        Assert.Equal($"{Root}/Users/{created.Id}", meta["location"]!.GetValue<string>());
        Assert.Equal($"{Root}/Users/{created.Id}", created.Header("Location"));
        Assert.Equal($"{Root}/Users/{created.Id}", created.Header("Content-Location"));
        Assert.Equal("W/\"1\"", meta["version"]!.GetValue<string>());
        Assert.Equal(created.Text, (await Contoso.GetAsync($"/Users/{created.Id}")).Text);
    }

    [Theory]
    [InlineData("""{"userName":"TAKEN@contoso.com","externalId":"other"}""")]
    [InlineData("""{"userName":"ｔａｋｅｎ@contoso.com","externalId":"other"}""")]
    [InlineData("""{"userName":"other@contoso.com","externalId":"taken"}""")]
    [Proves("7644-3.3-5", "7644-3.2-3", "7644-3.12-t3", "7644-7.8-1", "7644-5-1", "7643-4.1.1-2", "7643-4.1.1-3", "7643-7-9")]
    public async Task What_exists_in_any_spelling_is_a_conflict(string json)
    {
        await Contoso.PostAsync("/Users", """{"userName":"taken@contoso.com","externalId":"taken"}""");

        var reply = await host.RefusedAsync(() => Contoso.PostAsync("/Users", json));

        reply.AssertError(409, "uniqueness");
    }

    [Fact]
    [Proves("7644-3.2-2", "7644-3.5.1-1")]
    public async Task PUT_creates_nothing()
    {
        var id = Guid.NewGuid();

        var user = await host.RefusedAsync(() => Contoso.PutAsync($"/Users/{id}", """{"userName":"put@contoso.com"}"""));
        var group = await host.RefusedAsync(() => Contoso.PutAsync($"/Groups/{id}", """{"displayName":"put"}"""));

        user.AssertError(404, null, id.ToString());
        group.AssertError(404, null, id.ToString());
    }

    [Fact]
    [Proves("7643-3.3-1", "7643-3.3-3", "7643-3-2", "7643-3-3", "7643-3-4", "7643-3-5", "7643-2.1-1")]
    public async Task Schemas_name_what_the_resource_has_whatever_the_body_says_in_whatever_order()
    {
        var without = await Contoso.PostAsync(
            "/Users",
            $$"""{"schemas":["{{Enterprise}}","{{User}}","{{User}}","urn:example:unknown"],"userName":"schemas1@contoso.com"}"""
        );
        var with = await Contoso.PostAsync(
            "/Users",
            $$"""{"schemas":["{{User}}"],"userName":"schemas2@contoso.com","{{Enterprise}}":{"department":"Engines"} }"""
        );

        Assert.Equal($"""["{User}"]""", without.Body["schemas"]!.ToJsonString());
        Assert.Equal($"""["{User}","{Enterprise}"]""", with.Body["schemas"]!.ToJsonString());
        Assert.Equal("Engines", with.Body[Enterprise]!["department"]!.GetValue<string>());
        Assert.Null(with.Body["department"]);
    }

    private string Root => $"{host.Client.BaseAddress}scim/v2/{Contoso.Identifier}";

    private static string JsonEncoded(string text) => JsonValue.Create(text).ToJsonString()[1..^1];
}
