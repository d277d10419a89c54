using System.Text.Json.Nodes;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;
using static NinjaIam.Tests.Support.SampleDefinitions;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>Users and groups with extensions that only a definition knows, over HTTP.</summary>
public sealed class ExtensionTests : IAsyncLifetime
{
    private readonly ScimHost _host = new() { Schemas = Registry };

    private ScimClient Contoso => _host.Contoso;

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_user_keeps_the_values_of_an_extension_under_its_URN()
    {
        var id = await AddAsync("ada", """{"number":"B-1","level":3,"doors":["north"],"issuedBy":{"value":"https://example.com/1"}}""");

        var read = await Contoso.GetAsync($"/Users/{id}");

        Json.Equal("""{"number":"B-1","level":3,"doors":["north"],"issuedBy":{"value":"https://example.com/1"}}""", read.Body[Badge]);
        Assert.Contains(Badge, read.Body["schemas"]!.AsArray().Select(urn => (string?)urn));
    }

    [Theory]
    [InlineData($"{Badge}:number eq \"B-1\"", "ada")]
    [InlineData($"{Badge}:number eq \"b-1\"", "")]
    [InlineData($"{Badge}:level gt 2", "ada grace")]
    [InlineData("level lt 4 and userName sw \"a\"", "ada")]
    [InlineData($"{Badge}:doors eq \"SOUTH\"", "grace")]
    [InlineData($"{Badge}:issuedBy.value pr", "ada")]
    [InlineData($"not ({Badge}:level pr)", "linus")]
    [InlineData($"schemas eq \"{Badge}\"", "ada grace")]
    public async Task Users_are_found_by_an_extension(string filter, string expected)
    {
        await AddThreeAsync();

        var found = await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(filter)}");

        Assert.True(found.Status == 200, found.Text);
        Assert.Equal(expected, string.Join(' ', found.Body["Resources"]!.AsArray().Select(NameOf)));
    }

    [Fact]
    public async Task Users_are_sorted_and_projected_by_an_extension()
    {
        await AddThreeAsync();

        var sorted = await Contoso.GetAsync($"/Users?sortBy={Badge}:level&sortOrder=descending&attributes=userName,{Badge}:level");

        Assert.Equal(["linus", "grace", "ada"], sorted.Body["Resources"]!.AsArray().Select(NameOf));
        Json.Equal("""{"level":5}""", sorted.Body["Resources"]![1]![Badge]);
    }

    [Theory]
    [InlineData($$"""{"op":"replace","path":"{{Badge}}:level","value":9}""", """{"number":"B-1","level":9,"doors":["north"]}""")]
    [InlineData(
        $$"""{"op":"add","path":"{{Badge}}:doors","value":["south"]}""",
        """{"number":"B-1","level":3,"doors":["north","south"]}"""
    )]
    [InlineData(
        $$"""{"op":"add","path":"{{Badge}}:issuedBy.value","value":"x"}""",
        """{"number":"B-1","level":3,"doors":["north"],"issuedBy":{"value":"x"}}"""
    )]
    [InlineData($$$"""{"op":"replace","value":{"{{{Badge}}}":{"level":9} } }""", """{"number":"B-1","level":9,"doors":["north"]}""")]
    [InlineData(
        $$$"""{"op":"replace","value":{"{{{Badge}}}:level":9,"active":true}}""",
        """{"number":"B-1","level":9,"doors":["north"]}"""
    )]
    [InlineData($$"""{"op":"remove","path":"{{Badge}}:level"}""", """{"number":"B-1","doors":["north"]}""")]
    [InlineData($$"""{"op":"remove","path":"{{Badge}}"}""", null)]
    public async Task An_extension_is_patched_by_its_URN(string operation, string? expected)
    {
        var id = await AddAsync("ada", """{"number":"B-1","level":3,"doors":["north"]}""");

        var patched = await Contoso.PatchAsync($"/Users/{id}", operation);

        Assert.True(patched.Status == 200, patched.Text);
        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), patched.Body[Badge]), patched.Text);
    }

    [Fact]
    public async Task A_unique_value_of_an_extension_belongs_to_one_user()
    {
        var ada = await AddAsync("ada", """{"number":"B-1"}""");
        var grace = await AddAsync("grace", """{"number":"B-2"}""");

        var created = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", Person("linus", """{"number":"B-1"}""")));
        var changed = await _host.RefusedAsync(() =>
            Contoso.PatchAsync($"/Users/{grace}", $$"""{"op":"replace","path":"{{Badge}}:number","value":"B-1"}""")
        );

        created.AssertError(409, "uniqueness", $"{Badge}:number \"B-1\" is taken by the User {ada}");
        changed.AssertError(409, "uniqueness", ada);
        Assert.Equal(200, (await Contoso.PutAsync($"/Users/{ada}", Person("ada", """{"number":"B-1","level":1}"""))).Status);
        await Contoso.DeleteAsync($"/Users/{ada}");
        await AddAsync("linus", """{"number":"B-1"}""");
    }

    [Fact]
    public async Task A_PUT_that_does_not_mention_the_extension_keeps_it()
    {
        var id = await AddAsync("ada", """{"number":"B-1","code":"1234"}""");

        await Contoso.PutAsync($"/Users/{id}", """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada"}""");
        var mentioned = await Contoso.PutAsync($"/Users/{id}", Person("ada", """{"level":1}"""));

        Json.Equal("""{"level":1}""", mentioned.Body[Badge]);
        await using var database = _host.Read();
        Assert.Equal(
            "1234",
            (string?)JsonNode.Parse(database.Set<NinjaIam.Core.Storage.Resources.ResourceRow>().Single().Doc)![Badge]!["code"]
        );
    }

    [Fact]
    public async Task What_an_extension_hides_stands_in_no_answer()
    {
        var id = await AddAsync("ada", """{"number":"B-1","code":"1234"}""");

        var read = await Contoso.GetAsync($"/Users/{id}");

        Json.Equal("""{"number":"B-1"}""", read.Body[Badge]);
        Assert.NotNull(read.Body["meta"]!["version"]);
    }

    [Fact]
    public async Task A_group_has_members_and_the_values_of_its_extension()
    {
        var ada = await AddAsync("ada", "{}");
        var group = await Contoso.PostAsync(
            "/Groups",
            $$"""{"displayName":"Helpdesk","members":[{"value":"{{ada}}"}],"{{Site}}":{"city":"Oslo","costCenter":"C-1"} }"""
        );
        Assert.Equal(201, group.Status);

        var found = await Contoso.GetAsync($"/Groups?filter={Uri.EscapeDataString($"{Site}:city eq \"oslo\"")}");
        var refused = await _host.RefusedAsync(() =>
            Contoso.PostAsync("/Groups", $$"""{"displayName":"Other","{{Site}}":{"costCenter":"c-1"} }""")
        );
        var patched = await Contoso.PatchAsync(
            $"/Groups/{group.Id}?attributes={Site}:city",
            $$"""{"op":"replace","path":"{{Site}}:city","value":"Bergen"}"""
        );

        Assert.Equal(ada, (string?)found.Body["Resources"]![0]!["members"]![0]!["value"]);
        refused.AssertError(409, "uniqueness", group.Id);
        Json.Equal("""{"city":"Bergen"}""", patched.Body[Site]);
        Assert.Equal(
            1,
            (int)(await Contoso.GetAsync($"/Groups?filter={Uri.EscapeDataString("city eq \"bergen\"")}")).Body["totalResults"]!
        );
    }

    [Fact]
    public async Task A_required_extension_must_come_with_whoever_is_created_and_may_stay_unmentioned()
    {
        await using var scope = new RequiredBadge();
        await scope.Host.InitializeAsync();
        var client = scope.Host.Contoso;

        var missing = await scope.Host.RefusedAsync(() => client.PostAsync("/Users", """{"userName":"ada"}"""));
        var created = await client.PostAsync("/Users", Person("ada", """{"number":"B-1"}"""));
        var kept = await client.PutAsync($"/Users/{created.Id}", """{"userName":"ada","active":false}""");
        var removed = await scope.Host.RefusedAsync(() =>
            client.PatchAsync($"/Users/{created.Id}", $$"""{"op":"remove","path":"{{Badge}}"}""")
        );

        missing.AssertError(400, "invalidValue", $"The extension {Badge} is required");
        Assert.Equal((200, false), (kept.Status, (bool)kept.Body["active"]!));
        Json.Equal("""{"number":"B-1"}""", kept.Body[Badge]);
        removed.AssertError(400, "mutability", "is required and can't be removed");
    }

    private async Task AddThreeAsync()
    {
        await AddAsync("ada", """{"number":"B-1","level":3,"issuedBy":{"value":"x"}}""");
        await AddAsync("grace", """{"number":"B-2","level":5,"doors":["south"]}""");
        await AddAsync("linus", "{}");
    }

    private async Task<string> AddAsync(string userName, string badge)
    {
        var created = await Contoso.PostAsync("/Users", Person(userName, badge));
        Assert.True(created.Status == 201, created.Text);
        return created.Id;
    }

    private static string Person(string userName, string badge) =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","{{Badge}}"],"userName":"{{userName}}","{{Badge}}":{{badge}} }""";

    private static string? NameOf(JsonNode? resource) => (string?)resource!["userName"];

    private sealed class RequiredBadge : IAsyncDisposable
    {
        public ScimHost Host { get; } =
            new()
            {
                Schemas = Read(
                    Everything.Replace(
                        $$"""{"schema": "{{Badge}}", "required": false}""",
                        $$"""{"schema": "{{Badge}}", "required": true}""",
                        StringComparison.Ordinal
                    )
                ),
            };

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
