using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>Queries over all resource types, and queries that come as the body of a POST.</summary>
public sealed class RootQueryTests : IAsyncLifetime
{
    private const string Urn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    private readonly ScimHost _host = new();
    private string _ann = "";
    private string _everyone = "";

    private ScimClient Contoso => _host.Contoso;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        await fabrikam.AddUserAsync("zoe", ",\"displayName\":\"Smith Zoe\"");
        await fabrikam.AddGroupAsync("Smith Fabrikam");
        await Contoso.AddUserAsync("eve", ",\"displayName\":\"smith, eve\",\"externalId\":\"x3\"");
        await Contoso.AddGroupAsync("Zebras");
        _ann = await Contoso.AddUserAsync("ann", ",\"title\":\"CEO\",\"emails\":[{\"value\":\"a@x.org\",\"type\":\"work\"}]");
        _everyone = await Contoso.AddGroupAsync("Everyone", _ann);
        await Contoso.AddGroupAsync("Smiths");
        await Contoso.AddUserAsync("dan", ",\"displayName\":\"Dan Smith\",\"externalId\":\"x1\",\"active\":false");
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "eve Zebras ann Everyone Smiths dan")]
    [InlineData("filter=displayName co \"SMITH\"", "eve Smiths dan")]
    [InlineData("filter=displayName sw \"smith\" and not (userName pr)", "Smiths")]
    [InlineData("filter=(meta.resourceType eq User) or (meta.resourceType eq Group)", "eve Zebras ann Everyone Smiths dan")]
    [InlineData("filter=meta.resourceType eq \"Group\"", "Zebras Everyone Smiths")]
    [InlineData("filter=meta.resourceType ne \"Group\" and active eq true", "eve ann")]
    [InlineData("filter=meta.resourceType eq \"Device\"", "")]
    [InlineData("filter=userName eq \"ANN\"", "ann")]
    [InlineData("filter=userName ne \"ann\"", "eve Zebras Everyone Smiths dan")]
    [InlineData("filter=title eq null", "eve Zebras Everyone Smiths dan")]
    [InlineData("filter=members pr or title pr", "ann Everyone")]
    [InlineData("filter=emails[type eq \"work\"] or displayName eq \"zebras\"", "Zebras ann")]
    [InlineData("filter=urn:ietf:params:scim:schemas:core:2.0:Group:displayName pr", "Zebras Everyone Smiths")]
    [InlineData("filter=urn:ietf:params:scim:schemas:core:2.0:User:externalId pr or members pr", "eve Everyone dan")]
    [InlineData("sortBy=displayName", "dan Everyone eve Smiths Zebras ann")]
    [InlineData("sortBy=displayName&sortOrder=descending", "ann Zebras Smiths eve Everyone dan")]
    [InlineData("sortBy=userName", "ann dan eve Zebras Everyone Smiths")]
    [InlineData("sortBy=userName&sortOrder=descending", "Smiths Everyone Zebras eve dan ann")]
    [InlineData("sortBy=externalId&filter=displayName pr", "dan eve Zebras Everyone Smiths")]
    [InlineData("sortBy=emails&filter=not (title pr)", "eve Zebras Everyone Smiths dan")]
    [Proves("7644-3.4.2.1-1", "7644-3.4.2.1-3", "7644-3.4.2.1-4")]
    public async Task Every_way_of_paging_gives_one_order_over_all_types(string query, string expected)
    {
        var names = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var whole = (await Contoso.GetAsync($"?{query}")).Body;
        var counted = new List<string>();
        for (var start = 1; start <= names.Length; start += 2)
        {
            counted.AddRange(NamesOf((await Contoso.GetAsync($"?{query}&count=2&startIndex={start}")).Body));
        }

        var forwards = new List<string>();
        var backwards = new List<string>();
        var cursor = (string?)"";
        var page = new JsonObject();
        while (cursor is not null)
        {
            page = (await Contoso.GetAsync($"?{query}&count=2&cursor={cursor}")).Body;
            Assert.Equal(names.Length, page["totalResults"]!.GetValue<int>());
            forwards.AddRange(NamesOf(page));
            cursor = page["nextCursor"]?.GetValue<string>();
        }

        while (true)
        {
            backwards.InsertRange(0, NamesOf(page));
            if (page["previousCursor"] is not { } previous)
            {
                break;
            }

            page = (await Contoso.GetAsync($"?{query}&count=2&cursor={previous}")).Body;
        }

        Assert.Equal(names.Length, whole["totalResults"]!.GetValue<int>());
        Assert.Equal(names, NamesOf(whole));
        Assert.Equal(names, counted);
        Assert.Equal(names, forwards);
        Assert.Equal(names, backwards);
        Assert.Equal(names.Length, (await Contoso.GetAsync($"?{query}&count=0")).Body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("?filter=shoeSize eq 9", "invalidFilter", "No resource type has an attribute \"shoeSize\"")]
    [InlineData("?filter=userName eq \"a\" and shoeSize eq 9", "invalidFilter", "shoeSize")]
    [InlineData("?filter=active gt true", "invalidFilter", "active")]
    [InlineData("?filter=", "invalidFilter", "empty")]
    [InlineData("?sortBy=shoeSize", "invalidPath", "shoeSize")]
    [InlineData("?sortBy=nickName", "invalidPath", "nickName")]
    [InlineData("?cursor=x", "invalidCursor", "cursor")]
    [InlineData("?attributes=id&excludedAttributes=members", "invalidValue", "attributes")]
    public async Task What_no_type_knows_is_refused(string path, string scimType, string detail) =>
        (await Contoso.GetAsync(path)).AssertError(400, scimType, detail);

    [Theory]
    [InlineData("")]
    [InlineData("/Users")]
    [Proves("7644-3.12-t10")]
    public async Task What_nobody_may_learn_must_not_stand_in_an_address_and_can_t_be_searched_for(string path)
    {
        (await Contoso.GetAsync($"{path}?filter=userName eq \"a\" or password eq \"a\"")).AssertError(403, "sensitive", "password");
        var search = await Contoso.PostAsync(
            $"{path}/.search",
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"password eq \"a\""}"""
        );
        search.AssertError(400, "invalidFilter", "password");
    }

    [Fact]
    public async Task A_cursor_serves_the_list_of_the_root_alone()
    {
        const string Filter = "filter=displayName pr";
        var cursor = (await Contoso.GetAsync($"?{Filter}&count=2&cursor=")).Body["nextCursor"]!.GetValue<string>();

        (await Contoso.GetAsync($"/Users?{Filter}&cursor={cursor}")).AssertError(400, "invalidCursor");
        (await Contoso.GetAsync($"/Groups?{Filter}&cursor={cursor}")).AssertError(400, "invalidCursor");
        (await Contoso.GetAsync($"?filter=urn:ietf:params:scim:schemas:core:2.0:Group:displayName pr&cursor={cursor}")).AssertError(
            400,
            "invalidCursor"
        );
    }

    [Fact]
    public async Task Each_resource_is_shown_as_its_type_has_it()
    {
        var page = (await Contoso.GetAsync($"?filter=id eq \"{_ann}\" or id eq \"{_everyone}\"")).Body["Resources"]!;
        var (ann, everyone) = (page[0]!, page[1]!);

        Assert.True(JsonNode.DeepEquals((await Contoso.GetAsync($"/Users/{_ann}")).Body, ann));
        Assert.True(JsonNode.DeepEquals((await Contoso.GetAsync($"/Groups/{_everyone}")).Body, everyone));
        Assert.Equal(_everyone, ann["groups"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(_ann, everyone["members"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Attributes_are_chosen_type_by_type()
    {
        var page = (await Contoso.GetAsync("?filter=title pr or members pr&attributes=userName,members.value")).Body["Resources"]!;
        var without = (await Contoso.GetAsync("?filter=members pr&excludedAttributes=members,meta,displayName")).Body["Resources"]!;

        Assert.Equal(["schemas", "id", "userName"], page[0]!.AsObject().Select(property => property.Key));
        Assert.Equal(["schemas", "id", "members"], page[1]!.AsObject().Select(property => property.Key));
        Assert.Equal(["value"], page[1]!["members"]![0]!.AsObject().Select(property => property.Key));
        Assert.Equal(["schemas", "id"], without[0]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [InlineData("", """ "filter":"displayName co \"smith\"","sortBy":"displayName","sortOrder":"descending" """)]
    [InlineData("", """ "FILTER":"displayName co \"smith\"","cursor":"","count":2,"unknown":{"a":1},"sortBy":null """)]
    [InlineData("/Users", """ "filter":"active eq true","attributes":["userName","emails.value"],"startIndex":2,"count":1 """)]
    [InlineData("/Groups", """ "excludedAttributes":["members"],"startIndex":-4,"count":-1 """)]
    [InlineData("/Groups", """ "excludedAttributes":["members"],"count":100000 """)]
    [InlineData("", "")]
    [Proves("7644-3.4.3-1", "7644-3.4.3-7", "7644-3.4.3-8", "9865-search-1")]
    public async Task A_search_by_POST_answers_what_the_same_query_by_GET_answers(string endpoint, string parameters)
    {
        var body = JsonNode.Parse($"{{{parameters}}}")!.AsObject();
        var query = string.Join(
            '&',
            body.Where(parameter => parameter.Value is not null)
                .Select(parameter =>
                    $"{(parameter.Key == "FILTER" ? "filter" : parameter.Key)}={Uri.EscapeDataString(parameter.Value is JsonArray names ? string.Join(',', names) : parameter.Value!.ToString())}"
                )
        );
        body["schemas"] = new JsonArray(Urn);

        var found = await Contoso.PostAsync($"{endpoint}/.search", body.ToJsonString());

        Assert.Equal(200, found.Status);
        Assert.Equal(Comparable((await Contoso.GetAsync($"{endpoint}?{query}")).Body), Comparable(found.Body));
    }

    [Fact]
    public async Task Parameters_of_the_address_hold_where_the_body_says_nothing()
    {
        var found = await Contoso.PostAsync(
            "/Users/.search?attributes=title&count=1&filter=userName eq \"ann\"",
            $$"""{"schemas":["{{Urn}}"],"count":5,"filter":"userName pr","sortBy":"userName"}"""
        );

        Assert.Equal(3, found.Body["Resources"]!.AsArray().Count);
        Assert.Equal(["schemas", "id", "title"], found.Body["Resources"]![0]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [InlineData("{}", "schemas")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}""", "schemas")]
    [InlineData("""{"schemas":"URN"}""", "schemas")]
    [InlineData("""{"schemas":["URN"],"attributes":"userName"}""", "attributes")]
    [InlineData("""{"schemas":["URN"],"excludedAttributes":[1]}""", "excludedAttributes")]
    [InlineData("""{"schemas":["URN"],"filter":["userName pr"]}""", "filter")]
    [InlineData("""{"schemas":["URN"],"sortBy":true}""", "sortBy")]
    [InlineData("""{"schemas":["URN"],"sortOrder":{}}""", "sortOrder")]
    [InlineData("""{"schemas":["URN"],"startIndex":"1"}""", "startIndex")]
    [InlineData("""{"schemas":["URN"],"count":1.5}""", "count")]
    [InlineData("""{"schemas":["URN"],"cursor":7}""", "cursor")]
    [InlineData("[]", "JSON object")]
    [InlineData("", "no body")]
    [InlineData("""{"schemas":["URN"]""", "line 1")]
    [Proves("7644-3.4.3-2")]
    public async Task A_search_of_another_form_is_refused_by_the_name_of_the_attribute(string json, string detail)
    {
        foreach (var endpoint in (string[])["", "/Users", "/Groups"])
        {
            var reply = await Contoso.PostAsync($"{endpoint}/.search", json.Replace("URN", Urn, StringComparison.Ordinal));

            reply.AssertError(400, "invalidSyntax", detail);
        }
    }

    [Fact]
    [Proves("7644-3.4.3-6", "9865-search-1")]
    public async Task A_search_is_refused_like_a_query()
    {
        Task<ScimReply> SearchAsync(string parameters) =>
            Contoso.PostAsync("/Users/.search", $$"""{"schemas":["{{Urn}}"],{{parameters}}}""");

        (await SearchAsync("\"filter\":\"\"")).AssertError(400, "invalidFilter");
        (await SearchAsync("\"filter\":\"displayName eq\"")).AssertError(400, "invalidFilter");
        (await SearchAsync("\"sortBy\":\"userName\",\"sortOrder\":\"up\"")).AssertError(400, "invalidValue", "sortOrder");
        (await SearchAsync("\"cursor\":\"\",\"count\":0")).AssertError(400, "invalidCount");
        (await SearchAsync("\"cursor\":\"\",\"startIndex\":1")).AssertError(400, "invalidValue", "startIndex");
        (await Contoso.SendAsync(HttpMethod.Post, "/.search", "{}", request => request.Headers.Authorization = null)).AssertError(
            401,
            null
        );
    }

    [Fact]
    public async Task Nothing_is_said_of_the_root_without_a_token()
    {
        var refused = await Contoso.SendAsync(HttpMethod.Get, "", null, request => request.Headers.Authorization = null);
        var me = await Contoso.SendAsync(HttpMethod.Get, "/Me", null, request => request.Headers.Authorization = null);

        refused.AssertError(401, null);
        me.AssertError(401, null);
        Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task HEAD_answers_the_headers_of_GET_and_OPTIONS_the_methods()
    {
        var get = await Contoso.GetAsync($"/Users/{_ann}");
        var head = await Contoso.SendAsync(HttpMethod.Head, $"/Users/{_ann}");
        var nobody = await Contoso.SendAsync(HttpMethod.Head, $"/Users/{Guid.NewGuid()}");
        var options = await Contoso.SendAsync(HttpMethod.Options, $"/Users/{_ann}");

        Assert.Equal((200, ""), (head.Status, head.Text));
        foreach (var header in (string[])["Content-Type", "Content-Length", "ETag", "Location"])
        {
            Assert.Equal(get.Header(header), head.Header(header));
        }

        Assert.Equal((404, ""), (nobody.Status, nobody.Text));
        Assert.Equal((204, ""), (options.Status, options.Text));
        Assert.Equal("GET, HEAD, PUT, PATCH, DELETE, OPTIONS", options.Header("Allow"));
    }

    private static IEnumerable<string> NamesOf(JsonObject page) =>
        page["Resources"]!.AsArray().Select(found => (found!["userName"] ?? found["displayName"])!.GetValue<string>());

    /// <summary>Cursors hold the time and are never the same twice.</summary>
    private static string Comparable(JsonObject page)
    {
        if (page["nextCursor"] is not null)
        {
            page["nextCursor"] = "";
        }

        return JsonSerializer.Serialize(page);
    }
}
