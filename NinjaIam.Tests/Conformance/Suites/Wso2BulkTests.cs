using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// The bulk requests of the SCIM 2.0 Compliance Test Suite of WSO2, https://github.com/wso2-incubator/scim2-compliance-test-suite. The suite
/// reads a status that is an object with a code, gives the same <c>bulkId</c> to several operations and has the whole request refused for one
/// operation that cannot be read. RFC 7644, section 3.7, wants a text, a <c>bulkId</c> of its own for each, and an answer for each: so it is here.
/// </summary>
public sealed class Wso2BulkTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private readonly string _name = $"{Guid.NewGuid():N}";

    private ScimClient Contoso => host.Contoso;

    [Fact]
    public async Task Users_are_created()
    {
        var reply = await SendAsync(Post("/Users", "one", Person("1")), Post("/Users", "two", Person("2")));

        await AssertDoneAsync(reply, "201", "201");
    }

    [Fact]
    public async Task Groups_are_created_with_and_without_members()
    {
        var (one, two) = (await Contoso.AddUserAsync($"1{_name}"), await Contoso.AddUserAsync($"2{_name}"));

        var reply = await SendAsync(
            Post("/Groups", "one", Team("1")),
            Post("/Groups", "two", Team("2", $$"""{"type":"User","value":"{{one}}"},{"type":"User","value":"{{two}}"}""")),
            Post("/Groups", "three", Team("3", $$"""{"value":"{{two}}"}"""))
        );

        await AssertDoneAsync(reply, "201", "201", "201");
        var members = await Task.WhenAll(Operations(reply).Select(MembersAsync));
        Assert.Equal([0, 2, 1], members);
    }

    [Fact]
    public async Task Users_and_groups_are_created_and_refer_to_each_other()
    {
        var reply = await SendAsync(
            Post("/Users", "one", Person("1")),
            Post("/Groups", "two", Team("1", """{"type":"User","value":"bulkId:one"}"""))
        );

        await AssertDoneAsync(reply, "201", "201");
        Assert.Equal(1, await MembersAsync(Operations(reply)[1]));
    }

    [Theory]
    [InlineData("""{"method":"POST","path":"/Users","data":DATA}""")]
    [InlineData("""{"method":"POST","bulkId":"one","data":DATA}""")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":"one"}""")]
    public async Task An_operation_without_bulkId_path_or_data_is_refused(string operation)
    {
        var before = await host.StateAsync();

        var reply = await SendAsync(operation.Replace("DATA", Person("1"), StringComparison.Ordinal));

        Assert.Equal("400", (string?)Assert.Single(Operations(reply))["status"]);
        Assert.Equal(before, await host.StateAsync());
    }

    [Fact]
    public async Task After_the_first_error_nothing_more_is_done()
    {
        await Contoso.AddUserAsync($"2{_name}");

        var reply = await SendAsync(
            Post("/Users", "one", Person("1")),
            Post("/Users", "two", Person("2")),
            Post("/Users", "three", Person("3"))
        );

        Assert.Equal(["201", "409"], Operations(reply).Select(operation => (string?)operation["status"]));
        Assert.Equal(0, (int)(await Contoso.GetAsync($"/Users?filter=userName eq \"3{_name}\"")).Body["totalResults"]!);
    }

    [Fact]
    public async Task Users_and_groups_are_patched_replaced_and_deleted()
    {
        var user = await Contoso.AddUserAsync($"1{_name}", ""","emails":[{"value":"h@example.org","type":"home"}]""");
        var group = await Contoso.AddGroupAsync($"1{_name}");

        var patched = await SendAsync(
            $$"""
            {"method":"PATCH","path":"/Users/{{user}}","data":{"Operations":[{"op":"replace","path":"name","value":{"givenName":"Robin"} },
             {"op":"add","path":"nickName","value":"shaggy"},{"op":"remove","path":"emails[type eq \"home\"]"}]} }
            """,
            $$"""{"method":"PATCH","path":"/Groups/{{group}}","data":{"Operations":[{"op":"add","value":{"members":[{"display":"x","value":"{{user}}"}]} }]} }"""
        );
        var (one, members) = ((await Contoso.GetAsync($"/Users/{user}")).Body, await MembersAsync(Operations(patched)[1]));
        var replaced = await SendAsync(
            $$"""{"method":"PUT","path":"/Users/{{user}}","data":{{Person("2")}} }""",
            $$"""{"method":"PUT","path":"/Groups/{{group}}","data":{{Team("2")}} }"""
        );
        var deleted = await SendAsync(
            $$"""{"method":"DELETE","path":"/Users/{{user}}"}""",
            $$"""{"method":"DELETE","path":"/Groups/{{group}}"}"""
        );

        await AssertDoneAsync(patched, "200", "204");
        Assert.Equal(("Robin", "shaggy", null, 1), ((string?)one["name"]!["givenName"], (string?)one["nickName"], one["emails"], members));
        await AssertDoneAsync(replaced, "200", "200");
        await AssertDoneAsync(deleted, "204", "204");
        (await Contoso.GetAsync($"/Users/{user}")).AssertError(404, null);
        (await Contoso.GetAsync($"/Groups/{group}")).AssertError(404, null);
    }

    private string Person(string prefix) => $$"""{"schemas":["{{User}}"],"userName":"{{prefix}}{{_name}}","password":"pw12435"}""";

    private string Team(string prefix, string members = "") =>
        $$"""{"schemas":["{{Group}}"],"displayName":"{{prefix}}{{_name}}","members":[{{members}}]}""";

    private static string Post(string path, string bulkId, string data) =>
        $$"""{"method":"POST","path":"{{path}}","bulkId":"{{bulkId}}","data":{{data}} }""";

    private Task<ScimReply> SendAsync(params string[] operations) =>
        Contoso.PostAsync(
            "/Bulk",
            $$"""{"failOnErrors":1,"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{string.Join(',', operations)}}]}"""
        );

    private static IReadOnlyList<JsonObject> Operations(ScimReply reply)
    {
        Assert.True(reply.Status == 200, reply.Text);
        return [.. reply.Body["Operations"]!.AsArray().Select(operation => operation!.AsObject())];
    }

    /// <summary>Asserts the statuses, and that what was created is found where the answer says.</summary>
    private async Task AssertDoneAsync(ScimReply reply, params string[] statuses)
    {
        Assert.Equal(statuses, Operations(reply).Select(operation => (string?)operation["status"]));
        foreach (var operation in Operations(reply).Where(operation => (string?)operation["status"] == "201"))
        {
            Assert.Equal(200, (await AtAsync(operation)).Status);
        }
    }

    private async Task<int> MembersAsync(JsonObject operation) => ((await AtAsync(operation)).Body["members"]?.AsArray() ?? []).Count;

    private Task<ScimReply> AtAsync(JsonObject operation) =>
        Contoso.SendAsync(
            HttpMethod.Get,
            "",
            null,
            request => request.RequestUri = new Uri(operation["location"]!.GetValue<string>(), UriKind.Absolute)
        );
}
