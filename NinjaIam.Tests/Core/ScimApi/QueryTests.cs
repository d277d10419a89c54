using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class QueryTests(QueryTests.Directory directory) : IClassFixture<QueryTests.Directory>
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly ScimHost _host = directory.Host;
    private readonly string _ada = directory.Ada;
    private readonly string _ben = directory.Ben;

    private ScimClient Contoso => _host.Contoso;

    [Theory]
    [InlineData("userName eq \"ADA@CONTOSO.COM\"", "ada")]
    [InlineData("USERNAME EQ \"ben@contoso.com\"", "ben")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ben@contoso.com\"", "ben")]
    [InlineData("externalId eq \"E1\"", "ada")]
    [InlineData("externalId eq \"e1\"", "")]
    [InlineData("externalId eq E1", "ada")]
    [InlineData("displayName eq \"ada lind\"", "ada")]
    [InlineData("emails eq \"HOME@x.org\"", "ada")]
    [InlineData("emails.value eq \"ada@contoso.com\"", "ada")]
    [InlineData("emails[type eq \"work\"].value eq \"ada@contoso.com\"", "ada")]
    [InlineData("emails[type eq \"work\" and value eq \"ada@contoso.com\"]", "ada")]
    [InlineData("emails[type eq \"work\" and value eq \"home@x.org\"]", "")]
    [InlineData("emails[type eq \"HOME\"]", "ada")]
    [InlineData("active eq true", "ada")]
    [InlineData("active eq \"False\"", "ben")]
    [InlineData("active eq true and userName eq \"ben@contoso.com\"", "")]
    [InlineData("not (active eq true)", "ben")]
    [InlineData("not (externalId eq \"E1\")", "ben")]
    [InlineData("externalId pr", "ada")]
    [InlineData("emails pr", "ada")]
    [InlineData("userName pr", "ada,ben")]
    [InlineData("userName eq \"ada@contoso.com\" or active eq false", "ada,ben")]
    [InlineData("userName eq \"' OR 1=1 --\"", "")]
    [InlineData("userName co \"DA@\"", "ada")]
    [InlineData("userName ew \".com\"", "ada,ben")]
    [InlineData("userName sw \"B\"", "ben")]
    [InlineData("externalId sw \"E\"", "ada")]
    [InlineData("externalId ne \"E1\"", "ben")]
    [InlineData("title eq \"engineer\"", "ada")]
    [InlineData("title ne \"engineer\"", "ben")]
    [InlineData("title co \"_\"", "")]
    [InlineData("nickName eq null", "ada,ben")]
    [InlineData("emails[type eq \"home\" or value sw \"nobody\"]", "ada")]
    [InlineData("emails[not (type eq \"work\") and value pr] and active eq true", "ada")]
    [InlineData("groups.value eq \"$helpdesk\"", "ada")]
    [InlineData("not (groups pr)", "ben")]
    [InlineData("groups[display eq \"HELPDESK\" and type eq \"direct\"]", "ada")]
    [InlineData("groups.display co \"desk\"", "ada")]
    [InlineData("meta.created ge \"2026-11-23T13:00:00+01:00\"", "ada,ben")]
    [InlineData("meta.lastModified gt \"2026-11-23T12:00:00Z\"", "")]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"", "ben")]
    [InlineData("manager sw \"$ada\"", "ben")]
    [InlineData("id eq \"$ada\"", "ada")]
    [InlineData("id eq \"$ben\" and manager eq \"$ada\"", "ben")]
    [InlineData("id eq \"$ada\" and manager eq \"$ben\"", "")]
    public async Task A_filter_finds_who_matches_and_nobody_else(string filter, string expected)
    {
        var text = filter
            .Replace("$ada", _ada, StringComparison.Ordinal)
            .Replace("$ben", _ben, StringComparison.Ordinal)
            .Replace("$helpdesk", directory.Helpdesk, StringComparison.Ordinal);

        var reply = await Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(text)}");

        Assert.True(reply.Status == 200, reply.Text);
        string[] wanted = [.. expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "ada" ? _ada : _ben)];
        Assert.Equal(wanted, reply.Body["Resources"]!.AsArray().Select(resource => resource!["id"]!.GetValue<string>()));
        Assert.Equal(wanted.Length, reply.Body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("displayName eq \"HELPDESK\"", 1)]
    [InlineData("displayName eq \"Other\"", 0)]
    [InlineData("members.value eq \"$ada\"", 1)]
    [InlineData("members eq \"$ben\"", 0)]
    [InlineData("members[value eq \"$ada\" and display eq \"ada lind\"]", 1)]
    [InlineData("members[value eq \"$ada\" and display eq \"ben\"]", 0)]
    [InlineData("members.value ne \"$ben\" and displayName sw \"help\"", 1)]
    [InlineData("not (members pr)", 0)]
    public async Task Groups_are_found_by_name_and_member(string filter, int expected)
    {
        var text = filter.Replace("$ada", _ada, StringComparison.Ordinal).Replace("$ben", _ben, StringComparison.Ordinal);

        var reply = await Contoso.GetAsync($"/Groups?excludedAttributes=members&filter={Uri.EscapeDataString(text)}");

        Assert.Equal(expected, reply.Body["totalResults"]!.GetValue<int>());
        Assert.All(reply.Body["Resources"]!.AsArray(), group => Assert.Null(group!["members"]));
    }

    [Theory]
    [InlineData("", 1, 2, 2)]
    [InlineData("?startIndex=2&count=1", 2, 1, 2)]
    [InlineData("?startIndex=-5&count=1", 1, 1, 2)]
    [InlineData("?count=0", 1, 0, 2)]
    [InlineData("?count=-1", 1, 0, 2)]
    [InlineData("?count=1000000000", 1, 2, 2)]
    [InlineData("?startIndex=9223372036854775807", long.MaxValue, 0, 2)]
    [InlineData("?&", 1, 2, 2)]
    public async Task A_page_says_truly_what_it_holds(string query, long startIndex, int items, int total)
    {
        var body = (await Contoso.GetAsync($"/Users{query}")).Body;

        Assert.Equal(startIndex, body["startIndex"]!.GetValue<long>());
        Assert.Equal(items, body["itemsPerPage"]!.GetValue<int>());
        Assert.Equal(items, body["Resources"]!.AsArray().Count);
        Assert.Equal(total, body["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Attributes_and_excludedAttributes_shape_the_answer()
    {
        var only = (await Contoso.GetAsync($"/Users/{_ada}?attributes=userName,emails.value")).Body;
        Assert.Equal(["emails", "id", "schemas", "userName"], only.Select(property => property.Key).Order(StringComparer.Ordinal));

        var without = (await Contoso.GetAsync($"/Users/{_ada}?excludedAttributes=emails,groups")).Body;
        Assert.Null(without["emails"]);
        Assert.Null(without["groups"]);
        Assert.Equal("Ada Lind", without["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Conditions_on_the_version_hold_and_groups_switch_not_modified_off()
    {
        Action<HttpRequestMessage> none = request => request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"1\"");
        Action<HttpRequestMessage> stale = request => request.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        Action<HttpRequestMessage> current = request => request.Headers.TryAddWithoutValidation("If-Match", "W/\"7\", \"1\"");
        const string Patch =
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"CTO"}]}""";

        var unchanged = await Contoso.SendAsync(HttpMethod.Get, $"/Users/{_ada}?excludedAttributes=groups", null, none);
        Assert.Equal((304, ""), (unchanged.Status, unchanged.Text));
        Assert.Equal(200, (await Contoso.SendAsync(HttpMethod.Get, $"/Users/{_ada}", null, none)).Status);
        var refused = await _host.RefusedAsync(() => Contoso.SendAsync(HttpMethod.Patch, $"/Users/{_ada}", Patch, stale));
        refused.AssertError(412, null);
        await _host.RefusedAsync(() => Contoso.SendAsync(HttpMethod.Delete, $"/Users/{_ada}", null, stale));
        Assert.Equal(200, (await Contoso.SendAsync(HttpMethod.Patch, $"/Users/{_ada}", Patch, current)).Status);
    }

    [Theory]
    [InlineData(null, "application/scim+json")]
    [InlineData("*/*", "application/scim+json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, application/scim+json;q=0.5", "application/scim+json")]
    [InlineData("application/json, text/plain, */*", "application/scim+json")]
    [InlineData("text/html", "application/scim+json")]
    public async Task The_media_type_is_SCIMs_unless_only_the_plain_one_is_accepted(string? accept, string expected)
    {
        var reply = await Contoso.SendAsync(
            HttpMethod.Get,
            "/Users?count=0",
            null,
            request => request.Headers.TryAddWithoutValidation("Accept", accept)
        );

        Assert.Equal(expected, reply.ContentType);
    }

    [Fact]
    public async Task Discovery_tells_what_works_and_its_configuration_needs_no_token()
    {
        using var response = await _host.Client.GetAsync(new Uri("/scim/v2/aaaaaaaaaaaa/ServiceProviderConfig", UriKind.Relative));
        var config = (await ScimReply.ReadAsync(response)).Body;
        Assert.True(config["patch"]!["supported"]!.GetValue<bool>());
        Assert.True(config["bulk"]!["supported"]!.GetValue<bool>());
        Assert.True(config["sort"]!["supported"]!.GetValue<bool>());
        Assert.Equal(
            """{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600}""",
            config["pagination"]!.ToJsonString()
        );
        using var malformed = await _host.Client.GetAsync(new Uri("/scim/v2/A/ServiceProviderConfig", UriKind.Relative));
        Assert.Equal(404, (int)malformed.StatusCode);

        Assert.Equal(7, (await Contoso.GetAsync("/Schemas")).Body["totalResults"]!.GetValue<int>());
        var urn = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";
        Assert.Equal(urn, (await Contoso.GetAsync($"/Schemas/{urn}")).Id);
        Assert.Equal(2, (await Contoso.GetAsync("/ResourceTypes?startIndex=1&count=10")).Body["totalResults"]!.GetValue<int>());
        Assert.Equal("/Users", (await Contoso.GetAsync("/ResourceTypes/User")).Body["endpoint"]!.GetValue<string>());
        var shown = await Contoso.SendAsync(
            HttpMethod.Get,
            "/ServiceProviderConfig",
            null,
            request => request.Headers.Authorization = new("Bearer", "wrong")
        );
        shown.AssertError(401, null);
    }

    [Fact]
    public async Task Entras_flag_may_stand_at_the_end_of_the_base_URL()
    {
        var found = await Contoso.GetAsync($"?aadOptscim062020/Users?filter={Uri.EscapeDataString("externalId eq \"E1\"")}");
        var one = await Contoso.GetAsync($"?aadOptscim062020/Users/{_ada}");
        var usual = await Contoso.GetAsync($"/Users/{_ada}?aadOptscim062020");

        Assert.Equal(1, found.Body["totalResults"]!.GetValue<int>());
        Assert.Equal(_ada, one.Id);
        Assert.Equal(one.Text, usual.Text);
        (await Contoso.DeleteAsync("?aadOptscim062020/Users")).AssertError(405, null);
    }

    /// <summary>Ada, who is active and in the group Helpdesk, and Ben, who is inactive and reports to her.</summary>
    public sealed class Directory : IAsyncLifetime
    {
        public ScimHost Host { get; } = new();

        public string Ada { get; private set; } = "";

        public string Ben { get; private set; } = "";

        public string Helpdesk { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            Ada = await Host.Contoso.AddUserAsync(
                "Ada@contoso.com",
                ""","externalId":"E1","displayName":"Ada Lind","title":"Engineer","emails":[{"value":"ada@contoso.com","type":"work"},{"value":"home@x.org","type":"home"}]"""
            );
            Ben = await Host.Contoso.AddUserAsync(
                "ben@contoso.com",
                $$""","active":false,"{{Enterprise}}":{"manager":{"value":"{{Ada}}"} }"""
            );
            Helpdesk = await Host.Contoso.AddGroupAsync("Helpdesk", Ada);
        }

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
