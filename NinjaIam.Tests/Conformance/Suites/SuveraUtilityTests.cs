using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// The SCIM 2.0 Compliance Test Utility, https://github.com/suvera/scim2-compliance-test-utility: users and groups from creation to deletion,
/// searches, <c>/Me</c> and bulk, and every answer as the published schemas describe it. All of its checks are here.
/// </summary>
public sealed class SuveraUtilityTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly string _name = $"Stark{Guid.NewGuid():N}";

    private ScimClient Contoso => host.Contoso;

    [Theory]
    [InlineData("/ServiceProviderConfig")]
    [InlineData("/ResourceTypes")]
    [InlineData("/Schemas")]
    public async Task Discovery_is_answered_with_addresses_under_which_its_documents_are_found(string path)
    {
        var reply = await Contoso.GetAsync(path);

        AssertAnswer(reply, 200);
        foreach (var document in reply.Body["Resources"]?.AsArray() ?? [reply.Body])
        {
            var one = await AtAsync(HttpMethod.Get, document!);

            AssertAnswer(one, 200);
            Assert.True(JsonNode.DeepEquals(document, one.Body), one.Text);
        }
    }

    [Theory]
    [InlineData("/Users", "name.familyName co \"Stark\"", """{"op":"replace","path":"name.familyName","value":"Stagger"}""")]
    [InlineData(
        "/Groups",
        "displayName co \"Stark\"",
        """{"op":"add","path":"members","value":[{"value":"ID","type":"User","$ref":"AT"}]}"""
    )]
    public async Task A_resource_is_created_read_listed_found_replaced_patched_and_deleted(string endpoint, string filter, string operation)
    {
        var schemas = await PublishedSchemas.ReadAsync(Contoso);
        var member = (await Contoso.GetAsync($"/Users/{await Contoso.AddUserAsync($"{Guid.NewGuid():N}@contoso.com")}")).Body;
        operation = operation
            .Replace("ID", (string?)member["id"], StringComparison.Ordinal)
            .Replace("AT", (string?)member["meta"]!["location"], StringComparison.Ordinal);

        var created = await Contoso.PostAsync(endpoint, Body(endpoint));
        var read = await AtAsync(HttpMethod.Get, created.Body);
        var listed = await Contoso.GetAsync($"{endpoint}?startIndex=0&count=10");
        var found = await Contoso.GetAsync($"{endpoint}?startIndex=1&count=10&filter={Uri.EscapeDataString(filter)}");
        var replaced = await AtAsync(HttpMethod.Put, created.Body, created.Text);
        var patched = await AtAsync(
            HttpMethod.Patch,
            created.Body,
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operation}}]}"""
        );
        var after = await AtAsync(HttpMethod.Get, created.Body);
        var deleted = await AtAsync(HttpMethod.Delete, created.Body);

        AssertAnswer(created, 201);
        Assert.All(new[] { read, replaced, after }, reply => AssertAnswer(reply, 200));
        Assert.All(new[] { created, read, replaced, after }, reply => schemas.AssertDescribe(reply.Body));
        Assert.All(new[] { listed, found }, reply => AssertList(reply, schemas));
        Assert.Contains(found.Body["Resources"]!.AsArray(), resource => (string?)resource!["id"] == created.Id);
        Assert.InRange(patched.Status, 200, 204);
        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        (await AtAsync(HttpMethod.Get, created.Body)).AssertError(404, null);
    }

    [Fact]
    public async Task Me_is_answered_as_not_offered() => (await Contoso.GetAsync("/Me")).AssertError(501, null);

    [Theory]
    [InlineData("", "(meta.resourceType eq \"User\") and (displayName sw \"s\")")]
    [InlineData("/Users", "displayName sw \"s\"")]
    [InlineData("/Groups", "displayName sw \"s\"")]
    public async Task A_search_for_the_number_of_matches_answers_just_that(string endpoint, string filter)
    {
        await Contoso.PostAsync("/Users", Body("/Users"));
        await Contoso.PostAsync("/Groups", Body("/Groups"));
        var search = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:SearchRequest"),
            ["filter"] = filter,
            ["startIndex"] = 1,
            ["count"] = 0,
        };

        var reply = await Contoso.PostAsync($"{endpoint}/.search", search.ToJsonString());

        AssertList(reply, await PublishedSchemas.ReadAsync(Contoso));
        Assert.InRange((int)reply.Body["totalResults"]!, 1, int.MaxValue);
        Assert.Empty(reply.Body["Resources"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task A_bulk_request_creates_a_user_and_a_group_that_has_it_as_a_member()
    {
        var reply = await Contoso.PostAsync(
            "/Bulk",
            $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
             {"method":"POST","path":"/Users","bulkId":"one","data":{{Body("/Users")}}},
             {"method":"POST","path":"/Groups","bulkId":"two","data":{"schemas":["{{Group}}"],"displayName":"{{_name}}","members":[{"type":"User","value":"bulkId:one"}]} }]}
            """
        );

        AssertAnswer(reply, 200);
        Assert.Equal(["201", "201"], reply.Body["Operations"]!.AsArray().Select(operation => (string?)operation!["status"]));
        var group = Assert.Single((await Contoso.GetAsync($"/Groups?filter=displayName eq \"{_name}\"")).Body["Resources"]!.AsArray())!;
        var user = Assert.Single((await Contoso.GetAsync($"/Users?filter=userName eq \"{_name}\"")).Body["Resources"]!.AsArray())!;
        Assert.Equal((string?)user["id"], (string?)Assert.Single(group["members"]!.AsArray())!["value"]);
    }

    private string Body(string endpoint) =>
        endpoint == "/Users"
            ? $$"""
                {"schemas":["{{User}}","{{Enterprise}}"],"userName":"{{_name}}","displayName":"{{_name}}","name":{"givenName":"Robin","familyName":"Starkey"},
                 "emails":[{"value":"{{_name}}@contoso.com","type":"work","primary":true}],"phoneNumbers":[{"value":"555-0199","type":"mobile"}],
                 "password":"Secret-{{_name}}","active":true,"{{Enterprise}}":{"employeeNumber":"7"} }
                """
            : $$"""{"schemas":["{{Group}}"],"displayName":"{{_name}}"}""";

    private static void AssertAnswer(ScimReply reply, int status)
    {
        Assert.True(reply.Status == status, reply.Text);
        Assert.Equal("application/scim+json", reply.ContentType);
    }

    private static void AssertList(ScimReply reply, PublishedSchemas schemas)
    {
        AssertAnswer(reply, 200);
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", reply.Body["schemas"]!.ToJsonString());
        Assert.Equal(1, (int)reply.Body["startIndex"]!);
        Assert.All(reply.Body["Resources"]?.AsArray() ?? [], resource => schemas.AssertDescribe(resource!.AsObject()));
    }

    /// <summary>At the address that the resource says it has.</summary>
    private Task<ScimReply> AtAsync(HttpMethod method, JsonNode resource, string? json = null) =>
        Contoso.SendAsync(
            method,
            "",
            json,
            request => request.RequestUri = new Uri(resource["meta"]!["location"]!.GetValue<string>(), UriKind.Absolute)
        );
}
