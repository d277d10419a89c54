using System.Text.Json.Nodes;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;
using static NinjaIam.Tests.Support.SampleDefinitions;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>A resource type that only a definition knows, where several resource types meet: queries at the root, .search, and bulk.</summary>
public sealed class CustomResourceQueryTests : IAsyncLifetime
{
    private const string SearchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
    private const string BulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private readonly ScimHost _host = new() { Schemas = Registry };

    private ScimClient Contoso => _host.Contoso;

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("sortBy=displayName", "ada Ledger Staff")]
    [InlineData("filter=displayName co \"e\" and meta.resourceType ne \"Group\"", "ada Ledger")]
    [InlineData("filter=serialNumber eq \"S-1\"", "Ledger")]
    [InlineData("filter=ports gt 1 or members pr", "Staff Ledger")]
    [InlineData("filter=meta.resourceType eq \"Device\"", "Ledger")]
    public async Task A_query_at_the_root_covers_it(string query, string expected)
    {
        await AddOneOfEachAsync();

        var found = await Contoso.GetAsync($"?{query}");

        Assert.True(found.Status == 200, found.Text);
        Assert.Equal(expected.Split(' '), NamesOf(found));
        Assert.Equal(expected.Split(' ').Length, (int)found.Body["totalResults"]!);
    }

    [Theory]
    [InlineData("/Devices/.search", """ "filter":"displayName sw \"l\"" """)]
    [InlineData("/.search", """ "filter":"serialNumber pr","attributes":["displayName"] """)]
    public async Task A_query_may_come_as_a_body(string address, string members)
    {
        await AddOneOfEachAsync();

        var found = await Contoso.PostAsync(address, $$"""{"schemas":["{{SearchRequest}}"],{{members}}}""");

        Assert.Equal(["Ledger"], NamesOf(found));
    }

    [Fact]
    public async Task A_bulk_request_creates_changes_and_deletes_resources_that_refer_to_each_other()
    {
        var old = await AddAsync("Old", ""","serialNumber":"S-1","secret":"x" """);
        var kept = await AddAsync("Kept", ""","pin":"1234","location":{"site":"North","key":"9012"} """);

        var reply = await SendAsync(
            $$"""{"method":"DELETE","path":"/Devices/{{old}}"}""",
            """{"method":"POST","path":"/Devices","bulkId":"d","data":{"displayName":"New","owner":"bulkId:u"}}""",
            """{"method":"POST","path":"/Users","bulkId":"u","data":{"userName":"ada"}}""",
            $$"""{"method":"PUT","path":"/Devices/{{kept}}","version":"W/\"1\"","data":{"displayName":"Kept 2","location":{"site":"South"} } }""",
            """{"method":"PATCH","path":"/Devices/bulkId:d","data":{"Operations":[{"op":"add","path":"tags","value":["a"]}]}}""",
            """{"method":"POST","path":"/Devices","bulkId":"e","data":{"notes":"nameless"}}"""
        );

        Assert.Equal(["204", "201", "201", "200", "200", "400"], StatusesOf(reply));
        var ada = (string?)(await Contoso.GetAsync("/Users")).Body["Resources"]![0]!["id"];
        var made = (await Contoso.GetAsync("/Devices?filter=displayName%20eq%20%22new%22")).Body["Resources"]![0]!;
        Assert.Equal((ada, "a"), ((string?)made["owner"], (string?)made["tags"]![0]));
        Assert.Equal("Kept 2", (string?)(await Contoso.GetAsync($"/Devices/{kept}")).Body["displayName"]);
        Assert.Equal(2, (int)(await Contoso.GetAsync("/Devices")).Body["totalResults"]!);
        await AddAsync("Third", ""","serialNumber":"S-1" """);
    }

    [Fact]
    public async Task Resources_of_a_bulk_request_may_refer_to_one_another_in_a_circle()
    {
        var reply = await SendAsync(
            """{"method":"POST","path":"/Devices","bulkId":"a","data":{"displayName":"A","owner":"bulkId:b"}}""",
            """{"method":"POST","path":"/Devices","bulkId":"b","data":{"displayName":"B","owner":"bulkId:a"}}"""
        );

        Assert.Equal(["201", "201"], StatusesOf(reply));
        var devices = (await Contoso.GetAsync("/Devices")).Body["Resources"]!.AsArray();
        Assert.Equal((string?)devices[1]!["id"], (string?)devices[0]!["owner"]);
        Assert.Equal((string?)devices[0]!["id"], (string?)devices[1]!["owner"]);
    }

    [Fact]
    public async Task Discovery_shows_the_type_its_schemas_and_every_characteristic()
    {
        var type = await Contoso.GetAsync("/ResourceTypes/Device");
        var schema = await Contoso.GetAsync($"/Schemas/{Device}");

        Json.Equal(
            $$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"Device","name":"Device","endpoint":"/Devices",
             "description":"Devices","schema":"{{Device}}","schemaExtensions":[{"schema":"{{Warranty}}","required":false}],
             "meta":{"resourceType":"ResourceType","location":"{{type.Body["meta"]!["location"]}}"} }
            """,
            type.Body
        );
        Json.Equal(
            """
            {"name":"serialNumber","type":"string","multiValued":false,"description":"","required":false,"caseExact":true,
             "mutability":"readWrite","returned":"default","uniqueness":"server"}
            """,
            schema.Body["attributes"]!.AsArray().Single(attribute => (string?)attribute!["name"] == "serialNumber")
        );
        var users = await Contoso.GetAsync("/ResourceTypes/User");
        Assert.Contains(Badge, users.Body["schemaExtensions"]!.AsArray().Select(extension => (string?)extension!["schema"]));
        Assert.Equal(["User", "Group", "Device"], NamesOf(await Contoso.GetAsync("/ResourceTypes"), "name"));
    }

    private async Task AddOneOfEachAsync()
    {
        var ada = await Contoso.AddUserAsync("ada", ""","displayName":"Ada E" """.TrimEnd());
        await Contoso.AddGroupAsync("Staff", ada);
        await AddAsync("Ledger", ""","serialNumber":"S-1","ports":4""");
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        await fabrikam.PostAsync("/Devices", """{"displayName":"Ledger","serialNumber":"S-1","ports":4}""");
    }

    private async Task<string> AddAsync(string displayName, string more)
    {
        var created = await Contoso.PostAsync("/Devices", $$"""{"displayName":"{{displayName}}"{{more}}}""");
        Assert.True(created.Status == 201, created.Text);
        return created.Id;
    }

    private Task<ScimReply> SendAsync(params string[] operations) =>
        Contoso.PostAsync("/Bulk", $$"""{"schemas":["{{BulkRequest}}"],"Operations":[{{string.Join(',', operations)}}]}""");

    private static IEnumerable<string?> StatusesOf(ScimReply reply) =>
        reply.Body["Operations"]!.AsArray().Select(operation => (string?)operation!["status"]);

    private static IEnumerable<string?> NamesOf(ScimReply reply, string? attribute = null) =>
        reply.Body["Resources"]!.AsArray().Select(found => (string?)(attribute is null ? NameOf(found!) : found![attribute]));

    private static JsonNode? NameOf(JsonNode resource) => resource["userName"] ?? resource["displayName"];
}
