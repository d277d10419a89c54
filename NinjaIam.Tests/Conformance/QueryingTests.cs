using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 3.4.2: queries, filters, sorting and paging by index.</summary>
public sealed class QueryingTests(QueryingTests.Directory directory) : IClassFixture<QueryingTests.Directory>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ScimClient Contoso => directory.Host.Contoso;

    [Theory]
    // The operators of table 3.
    [InlineData("userName eq \"ann\"", "ann")]
    [InlineData("userName ne \"ann\"", "bob cyd dan")]
    [InlineData("userName co \"N\"", "ann dan")]
    [InlineData("userName sw \"A\"", "ann")]
    [InlineData("userName ew \"B\"", "bob")]
    [InlineData("title pr", "ann bob dan")]
    [InlineData("userName gt \"bob\"", "cyd dan")]
    [InlineData("userName ge \"BOB\"", "bob cyd dan")]
    [InlineData("userName lt \"bob\"", "ann")]
    [InlineData("userName le \"BOB\"", "ann bob")]
    [InlineData("meta.created lt \"2026-11-23T13:00:01+01:00\"", "ann bob cyd dan")]
    [InlineData("meta.created gt \"2026-11-23T12:00:00.000Z\"", "")]
    // Letter case: folded for names, operators and most texts; kept where the schema is case exact.
    [InlineData("USERNAME Eq \"ANN\"", "ann")]
    [InlineData("title EQ \"engineer\"", "ann dan")]
    [InlineData("externalId eq \"a1\"", "ann")]
    [InlineData("externalId eq \"A1\"", "")]
    [InlineData("externalId gt \"B\"", "ann")]
    [InlineData("emails.type eq \"WORK\"", "ann bob")]
    [InlineData("x509Certificates.value eq \"aGVsbG8=\"", "cyd")]
    [InlineData("x509Certificates.value eq \"AGVsbG8=\"", "")]
    // Logic: grouping, then not, and, or.
    [InlineData("userName eq \"ann\" or userName eq \"bob\" and title eq \"CEO\"", "ann bob")]
    [InlineData("(userName eq \"ann\" or userName eq \"bob\") and title eq \"CEO\"", "bob")]
    [InlineData("not (userName eq \"ann\") and title pr", "bob dan")]
    [InlineData("not (userName eq \"ann\" or title pr)", "cyd")]
    [InlineData("NOT (title pr) OR userName eq \"ann\"", "ann cyd")]
    [InlineData("title pr and (not (active eq true) or userName eq \"ann\")", "ann dan")]
    // Values of multi-valued attributes.
    [InlineData("emails[type eq \"work\" and value co \"@x.org\"]", "ann")]
    [InlineData("emails.type eq \"work\" and emails.value co \"@x.org\"", "ann bob")]
    [InlineData("emails[type eq \"work\"] and title eq \"CEO\"", "bob")]
    [InlineData("not (emails[type eq \"work\"])", "cyd dan")]
    [InlineData("emails[not (type eq \"home\") and (value sw \"ann\" or primary eq true)]", "ann bob")]
    [InlineData("emails eq \"bob@y.org\"", "bob")]
    [InlineData("emails ne \"bob@y.org\"", "ann cyd dan")]
    [InlineData("emails[primary eq true]", "bob")]
    // Complex attributes by their sub-attributes.
    [InlineData("name pr", "ann cyd")]
    [InlineData("name.familyName eq \"lind\"", "ann")]
    [InlineData("name.familyName ne \"Lind\"", "bob cyd dan")]
    // URNs, with dots and colons in them.
    [InlineData($"{User}:userName eq \"ann\"", "ann")]
    [InlineData($"{User}:name.familyName sw \"Li\"", "ann")]
    [InlineData($"{User}:emails[type eq \"home\"]", "bob")]
    [InlineData($"{Enterprise}:department eq \"engines\"", "ann")]
    [InlineData($"{Enterprise}:manager.value eq \"boss\"", "ann")]
    [InlineData($"{Enterprise}:manager eq \"BOSS\"", "")]
    [InlineData($"{Enterprise}:department pr", "ann cyd")]
    [InlineData($"{Enterprise}:manager pr", "ann")]
    [InlineData($"schemas eq \"{Enterprise}\"", "ann cyd")]
    // What the provider set by itself has its value.
    [InlineData("active eq true", "ann bob cyd")]
    [InlineData("active pr", "ann bob cyd dan")]
    [InlineData("active ne true", "dan")]
    // Literals are JSON.
    [InlineData("displayName eq \"a \\\"b\\\" \\\\ \\u00e9\"", "cyd")]
    [InlineData("displayName eq \"x\"", "")]
    [InlineData("title eq null", "cyd")]
    [Proves(
        "7644-3.4.2.2-1",
        "7644-3.4.2.2-8",
        "7644-3.4.2.2-10",
        "7644-3.4.2.2-11",
        "7644-3.4.2.2-12",
        "7644-3.4.2.2-13",
        "7644-3.4.2.2-15",
        "7643-7-5"
    )]
    public async Task A_filter_finds_what_it_describes(string filter, string expected)
    {
        var reply = await Contoso.GetAsync($"/Users?sortBy=userName&filter={Uri.EscapeDataString(filter)}");

        Assert.True(reply.Status == 200, reply.Text);
        var names = reply.Body["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>());
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), names);
        Assert.Equal(names.Count(), reply.Body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("active gt true")]
    [InlineData("active ge true")]
    [InlineData("active lt true")]
    [InlineData("active le \"true\"")]
    [InlineData("x509Certificates.value gt \"aGVsbG8=\"")]
    [InlineData("x509Certificates.value ge \"aGVsbG8=\"")]
    [InlineData("x509Certificates.value lt \"aGVsbG8=\"")]
    [InlineData("x509Certificates[value le \"aGVsbG8=\"]")]
    [InlineData("emails[primary gt false]")]
    [Proves("7644-3.4.2.2-4", "7644-3.4.2.2-5", "7644-3.4.2.2-6", "7644-3.4.2.2-7")]
    public Task Booleans_and_bytes_have_no_order(string filter) => RefusedAsync(filter);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("()")]
    [InlineData("userName")]
    [InlineData("eq \"x\"")]
    [InlineData("userName eq")]
    [InlineData("userName \"x\"")]
    [InlineData("userName like \"x\"")]
    [InlineData("userName eq \"x\" and")]
    [InlineData("userName eq \"x\" xor title pr")]
    [InlineData("userName eq \"x\")")]
    [InlineData("(userName eq \"x\"")]
    [InlineData("not userName eq \"x\"")]
    [InlineData("userName pr \"x\"")]
    [InlineData("userName eq 'x'")]
    [InlineData("shoeSize eq 9")]
    [InlineData("name eq \"x\"")]
    [InlineData("addresses eq \"x\"")]
    [InlineData("name.shoeSize eq \"x\"")]
    [InlineData("name.familyName.x eq \"x\"")]
    [InlineData("emails[]")]
    [InlineData("emails[type]")]
    [InlineData("emails[shoeSize eq 9]")]
    [InlineData("emails[userName eq \"x\"]")]
    [InlineData("emails[type eq \"work\"")]
    [InlineData("emails[value[type eq \"work\"]]")]
    [InlineData("name[familyName eq \"x\"]")]
    [InlineData("active eq \"perhaps\"")]
    [InlineData("meta.created gt \"yesterday\"")]
    [InlineData("urn:example:2.0:User:x eq \"x\"")]
    [InlineData($"{Enterprise}:shoeSize eq \"x\"")]
    [Proves("7644-3.4.2.2-2", "7644-3.4.2.2-3", "7644-3.4.2.2-9", "7644-3.4.2.2-10", "7644-3.4.2.2-12", "7644-3.4.2.2-14", "7644-3.12-t1")]
    public Task What_is_no_filter_is_refused_and_never_left_out(string filter) => RefusedAsync(filter);

    [Fact]
    [Proves("7644-3.4.2-1", "7644-3.4.2-2", "7644-3.4.2-3", "7644-3.4.2-4", "7644-3.4.2-5", "7644-3.4.2-6")]
    public async Task A_list_says_what_it_is_and_unknown_parameters_are_ignored()
    {
        var reply = await Contoso.GetAsync("/Users?count=2&startIndex=2&aadOptscim062020&colour=red&$top=1");

        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", reply.Body["schemas"]!.ToJsonString());
        Assert.Equal(4, reply.Body["totalResults"]!.GetValue<int>());
        Assert.Equal(2, reply.Body["startIndex"]!.GetValue<int>());
        Assert.Equal(2, reply.Body["itemsPerPage"]!.GetValue<int>());
        Assert.Equal(2, reply.Body["Resources"]!.AsArray().Count);
    }

    [Fact]
    [Proves("7644-3.4.2-7")]
    public async Task No_match_is_an_empty_list()
    {
        var reply = await Contoso.GetAsync("/Users?filter=userName eq \"nobody\"");

        Assert.Equal(200, reply.Status);
        Assert.Equal(0, reply.Body["totalResults"]!.GetValue<int>());
        Assert.Empty(reply.Body["Resources"]!.AsArray());
    }

    [Theory]
    [InlineData("startIndex=0", 1, "ann bob cyd dan")]
    [InlineData("startIndex=-7", 1, "ann bob cyd dan")]
    [InlineData("startIndex=3", 3, "cyd dan")]
    [InlineData("startIndex=5", 5, "")]
    [InlineData("count=0", 1, "")]
    [InlineData("count=-3", 1, "")]
    [InlineData("count=3", 1, "ann bob cyd")]
    [InlineData("startIndex=2&count=2", 2, "bob cyd")]
    [Proves("7644-3.4.2.4-1", "7644-3.4.2.4-2", "7644-3.4.2.4-3")]
    public async Task A_page_begins_where_it_says_and_holds_no_more_than_asked_for(string query, int start, string expected)
    {
        var body = (await Contoso.GetAsync($"/Users?sortBy=userName&{query}")).Body;

        Assert.Equal(start, body["startIndex"]!.GetValue<int>());
        Assert.Equal(4, body["totalResults"]!.GetValue<int>());
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            body["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>())
        );
    }

    private async Task RefusedAsync(string filter)
    {
        var reply = await directory.Host.RefusedAsync(() => Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString(filter)}"));

        reply.AssertError(400, "invalidFilter");
    }

    public sealed class Directory : IAsyncLifetime
    {
        public ScimHost Host { get; } = new();

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            await Host.Contoso.AddUserAsync(
                "ann",
                $$""","externalId":"a1","title":"Engineer","name":{"familyName":"Lind"},"emails":[{"value":"ann@x.org","type":"work"}],"{{Enterprise}}":{"department":"Engines","manager":{"value":"boss"} }"""
            );
            await Host.Contoso.AddUserAsync(
                "bob",
                ""","externalId":"B","title":"CEO","emails":[{"value":"bob@y.org","type":"work","primary":true},{"value":"bob@x.org","type":"home"}]"""
            );
            await Host.Contoso.AddUserAsync(
                "cyd",
                $$""","displayName":"a \"b\" \\ é","name":{"givenName":"Cyd"},"x509Certificates":[{"value":"aGVsbG8="}],"{{Enterprise}}":{"department":"Sales"}"""
            );
            await Host.Contoso.AddUserAsync("dan", ""","title":"engineer","active":false""");
        }

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
