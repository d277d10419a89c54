using System.Text.Json.Nodes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class PagingTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    private ScimClient Contoso => _host.Contoso;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await AddAsync("eve", ""","externalId":"x2","emails":[{"value":"z@x.org"},{"value":"a@x.org","primary":true}]""");
        await AddAsync("Dan", ",\"displayName\":\"b\"");
        await AddAsync("cyd", ""","displayName":"B","emails":[{"value":"b@x.org"},{"value":"0@x.org"}]""");
        await AddAsync("bob", ",\"externalId\":\"X1\",\"displayName\":\"a\",\"active\":false");
        await AddAsync("Ann", "");
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "eve Dan cyd bob Ann")]
    [InlineData("sortOrder=descending", "eve Dan cyd bob Ann")]
    [InlineData("sortBy=userName", "Ann bob cyd Dan eve")]
    [InlineData("sortBy=USERNAME&sortOrder=Descending", "eve Dan cyd bob Ann")]
    [InlineData("sortBy=externalId", "bob eve Dan cyd Ann")]
    [InlineData("sortBy=externalId&sortOrder=descending", "Ann cyd Dan eve bob")]
    [InlineData("sortBy=displayName", "bob Dan cyd eve Ann")]
    [InlineData("sortBy=displayName&sortOrder=descending", "Ann eve cyd Dan bob")]
    [InlineData("sortBy=emails", "eve cyd Dan bob Ann")]
    [InlineData("sortBy=emails.value&sortOrder=descending", "Ann bob Dan cyd eve")]
    [InlineData("sortBy=active&sortOrder=ascending", "bob eve Dan cyd Ann")]
    [InlineData("sortBy=displayName&filter=displayName pr", "bob Dan cyd")]
    [InlineData("sortBy=displayName&filter=userName eq \"dan\"", "Dan")]
    [InlineData("sortBy=emails&filter=active eq true", "eve cyd Dan Ann")]
    [Proves(
        "7644-3.4.2.3-1",
        "7644-3.4.2.3-2",
        "7644-3.4.2.3-3",
        "9865-paging-1",
        "9865-paging-2",
        "9865-paging-3",
        "9865-paging-4",
        "9865-paging-5",
        "9865-paging-6",
        "9865-paging-7",
        "9865-paging-9",
        "rule-40"
    )]
    public async Task Every_way_of_paging_gives_the_same_order(string query, string expected)
    {
        var names = expected.Split(' ');

        var whole = NamesOf((await Contoso.GetAsync($"/Users?{query}")).Body);
        var counted = new List<string>();
        for (var start = 1; start <= names.Length; start += 2)
        {
            counted.AddRange(NamesOf((await Contoso.GetAsync($"/Users?{query}&count=2&startIndex={start}")).Body));
        }

        var forwards = new List<string>();
        var backwards = new List<string>();
        var cursor = (string?)"";
        var page = new JsonObject();
        while (cursor is not null)
        {
            page = (await Contoso.GetAsync($"/Users?{query}&count=2&cursor={cursor}")).Body;
            Assert.Equal(names.Length, page["totalResults"]!.GetValue<int>());
            Assert.Null(page["startIndex"]);
            forwards.AddRange(NamesOf(page));
            cursor = page["nextCursor"]?.GetValue<string>();
            Assert.Matches("^[A-Za-z0-9_~.-]*$", cursor ?? "");
        }

        while (true)
        {
            backwards.InsertRange(0, NamesOf(page));
            if (page["previousCursor"] is not { } previous)
            {
                break;
            }

            page = (await Contoso.GetAsync($"/Users?{query}&count=2&cursor={previous}")).Body;
            Assert.NotNull(page["nextCursor"]);
        }

        Assert.Equal(names, whole);
        Assert.Equal(names, counted);
        Assert.Equal(names, forwards);
        Assert.Equal(names, backwards);
    }

    [Fact]
    [Proves("9865-paging-2", "9865-paging-13")]
    public async Task By_cursor_nothing_is_skipped_or_repeated_while_others_come_and_go()
    {
        var first = (await Contoso.GetAsync("/Users?count=2&cursor=")).Body;
        var gone = first["Resources"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(204, (await Contoso.DeleteAsync($"/Users/{gone}")).Status);
        await AddAsync("fay", "");

        var second = (await Contoso.GetAsync($"/Users?count=10&cursor={first["nextCursor"]}")).Body;

        Assert.Equal(["eve", "Dan"], NamesOf(first));
        Assert.Equal(["cyd", "bob", "Ann", "fay"], NamesOf(second));
        Assert.Equal(5, second["totalResults"]!.GetValue<int>());
    }

    [Fact]
    [Proves("9865-paging-10", "9865-paging-11", "9865-configuration-2")]
    public async Task A_cursor_serves_its_own_list_for_an_hour()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var page = (await Contoso.GetAsync("/Users?count=2&cursor&sortBy=userName&filter=active eq true")).Body;
        var cursor = page["nextCursor"]!.GetValue<string>();
        var list = $"sortBy=userName&filter=active eq true&cursor={cursor}";

        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(["Dan", "eve"], NamesOf((await Contoso.GetAsync($"/Users?{list}&count=1000")).Body));
        foreach (
            var other in (string[])
                [
                    $"/Users?cursor={cursor}",
                    $"/Users?sortBy=userName&cursor={cursor}",
                    $"/Users?sortOrder=descending&{list}",
                    $"/Users?sortBy=userName&filter=active eq false&cursor={cursor}",
                    $"/Groups?cursor={cursor}",
                    "/Users?cursor=x",
                    "/Users?cursor=%22",
                    $"/Users?{list}A",
                ]
        )
        {
            (await Contoso.GetAsync(other)).AssertError(400, "invalidCursor");
        }

        (await fabrikam.GetAsync($"/Users?{list}")).AssertError(400, "invalidCursor");
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Contoso.GetAsync($"/Users?{list}")).AssertError(400, "expiredCursor");
    }

    [Theory]
    [InlineData("/Users?sortBy=shoeSize", "invalidPath", "shoeSize")]
    [InlineData("/Users?sortBy=nickName", "invalidPath", "nickName")]
    [InlineData("/Users?sortBy=groups.value", "invalidPath", "groups.value")]
    [InlineData("/Users?sortBy=password", "invalidPath", "password")]
    [InlineData("/Groups?sortBy=members.value", "invalidPath", "members.value")]
    [InlineData("/Users?sortBy=userName&sortOrder=up", "invalidValue", "sortOrder")]
    [InlineData("/Users?cursor=&count=0", "invalidCount", "count")]
    [InlineData("/Users?cursor=&startIndex=1", "invalidValue", "startIndex")]
    [Proves("9865-paging-8", "9865-paging-12")]
    public async Task What_cannot_be_sorted_or_paged_is_refused(string path, string scimType, string detail) =>
        (await Contoso.GetAsync(path)).AssertError(400, scimType, detail);

    [Fact]
    public async Task Ids_sort_as_the_texts_they_are()
    {
        var ids = (await Contoso.GetAsync("/Users?sortBy=id&sortOrder=descending")).Body["Resources"]!
            .AsArray()
            .Select(user => user!["id"]!.GetValue<string>())
            .ToList();

        Assert.Equal(5, ids.Count);
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task Groups_are_sorted_by_name()
    {
        await Contoso.AddGroupAsync("b");
        await Contoso.AddGroupAsync("A");

        var body = (await Contoso.GetAsync("/Groups?sortBy=displayName&cursor")).Body;

        Assert.Equal(["A", "b"], body["Resources"]!.AsArray().Select(group => group!["displayName"]!.GetValue<string>()));
        Assert.Null(body["nextCursor"]);
    }

    private Task<string> AddAsync(string userName, string more) => Contoso.AddUserAsync(userName, more);

    private static IEnumerable<string> NamesOf(JsonObject page) =>
        page["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>());
}
