using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>Many operations in one request (RFC 7644, section 3.7).</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private const string Request = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private readonly ScimHost _host = new();

    private ScimClient Contoso => _host.Contoso;

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("7644-3.7-6", "7644-3.7-9", "7644-3.7-11", "7644-3.7.3-1", "7644-3.7.3-2", "7644-3.7.3-3")]
    public async Task Operations_of_every_kind_are_answered_one_by_one()
    {
        var bob = await Contoso.AddUserAsync("bob");
        var cyd = await Contoso.AddUserAsync("cyd");
        var dan = await Contoso.AddUserAsync("dan");
        var team = await Contoso.AddGroupAsync("Team", cyd);

        var reply = await SendAsync(
            Post("/Users", "a", $$"""{"schemas":["{{User}}"],"userName":"ann"}"""),
            $$"""{"method":"Put","path":"Users/{{bob}}","version":"W/\"1\"","data":{"userName":"bob","title":"CTO"} }""",
            $$"""{"method":"patch","bulkId":"p","path":"/users/{{cyd}}/","data":{{Patch("""{"op":"Add","path":"title","value":"CEO"}""")}}}""",
            $$"""{"method":"PATCH","path":"/Groups/{{team}}","data":{{Patch("""{"op":"remove","path":"members"}""")}}}""",
            $$"""{"method":"DELETE","path":"/Users/{{dan}}","version":"W/\"1\""}"""
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]""", reply.Body["schemas"]!.ToJsonString());
        var ann = await IdAsync("ann");
        var root = $"{_host.Client.BaseAddress}scim/v2/{Contoso.Identifier}";
        string[] expected =
        [
            $$"""{"location":"{{root}}/Users/{{ann}}","method":"POST","bulkId":"a","version":"W/\"1\"","status":"201"}""",
            $$"""{"location":"{{root}}/Users/{{bob}}","method":"PUT","version":"W/\"2\"","status":"200"}""",
            $$"""{"location":"{{root}}/Users/{{cyd}}","method":"PATCH","bulkId":"p","version":"W/\"2\"","status":"200"}""",
            $$"""{"location":"{{root}}/Groups/{{team}}","method":"PATCH","version":"W/\"2\"","status":"204"}""",
            $$"""{"location":"{{root}}/Users/{{dan}}","method":"DELETE","status":"204"}""",
        ];
        Assert.Equal(expected, Operations(reply).Select(operation => operation.ToJsonString(Plain)));
        Assert.Equal("CTO", (await Contoso.GetAsync($"/Users/{bob}")).Body["title"]!.GetValue<string>());
        Assert.Equal("CEO", (await Contoso.GetAsync($"/Users/{cyd}")).Body["title"]!.GetValue<string>());
        Assert.Null((await Contoso.GetAsync($"/Groups/{team}")).Body["members"]);
        (await Contoso.GetAsync($"/Users/{dan}")).AssertError(404, null);
    }

    [Fact]
    [Proves("7644-3.7-7", "7644-3.7-8", "7644-3.7-9", "7644-3.7-10", "7644-3.7.3-2", "7644-3.7.3-3", "7644-3.7.3-4")]
    public async Task Refused_operations_say_why_and_leave_nothing_while_the_others_are_done()
    {
        var bob = await Contoso.AddUserAsync("bob");
        var stranger = Guid.NewGuid();

        var reply = await SendAsync(
            Post("/Users", "1", """{"userName":"bob"}"""),
            Post("/Users", "2", """{"displayName":"nobody"}"""),
            $$"""{"method":"PUT","path":"/Users/{{bob}}","version":"W/\"7\"","data":{"userName":"robert"} }""",
            $$"""{"method":"PATCH","path":"/Users/{{bob}}","data":{{Patch("""{"op":"add","path":"title","value":"x"},{"op":"remove","path":"userName"}""")}}}""",
            $$"""{"method":"DELETE","path":"/Users/{{stranger}}"}""",
            """{"method":"DELETE","path":"/Groups/x y"}""",
            Post("/Users", "3", """{"userName":"eve"}""")
        );

        var answers = Operations(reply);
        Assert.Equal(["409", "400", "412", "400", "404", "404", "201"], Statuses(reply));
        Assert.Equal(
            ["uniqueness", "invalidValue", null, "mutability", null, null],
            answers.Take(6).Select(answer => answer["response"]!["scimType"]?.GetValue<string>())
        );
        foreach (var answer in answers.Take(6))
        {
            Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", answer["response"]!["schemas"]![0]!.GetValue<string>());
            Assert.Equal(answer["status"]!.GetValue<string>(), answer["response"]!["status"]!.GetValue<string>());
            Assert.NotEmpty(answer["response"]!["detail"]!.GetValue<string>());
            Assert.Null(answer["version"]);
        }

        Assert.Null(answers[0]["location"]);
        Assert.EndsWith($"/Users/{bob}", answers[2]["location"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith($"/Users/{stranger}", answers[4]["location"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("/Groups/x%20y", answers[5]["location"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(answers[6]["response"]);
        var kept = (await Contoso.GetAsync($"/Users/{bob}")).Body;
        Assert.Equal(("bob", "W/\"1\""), (kept["userName"]!.GetValue<string>(), kept["meta"]!["version"]!.GetValue<string>()));
        Assert.Null(kept["title"]);
    }

    [Fact]
    [Proves("7644-3.7.2-1", "7644-3.7.2-2", "errata-7644-5050")]
    public async Task References_hold_backwards_and_forwards_in_members_managers_paths_and_filters()
    {
        var reply = await SendAsync(
            Post(
                "/Groups",
                "g",
                $$"""{"schemas":["{{Group}}"],"displayName":"Team","members":[{"value":"bulkId:ann"},{"value":"bulkId:bob"}]}"""
            ),
            Post(
                "/Users",
                "ann",
                $$"""{"userName":"ann","{{Enterprise}}":{"manager":{"value":"bulkId:bob","$ref":"../Users/bulkId:bob"} } }"""
            ),
            Post("/Users", "bob", """{"userName":"bob"}"""),
            Post("/Users", "cyd", $$"""{"userName":"cyd","{{Enterprise}}:manager":"bulkId:ann"}"""),
            """{"method":"PATCH","path":"/Groups/bulkId:g","data":{"Operations":[{"op":"add","path":"members","value":[{"value":"bulkId:cyd"}]},{"op":"remove","path":"members[value eq \"bulkId:ann\"]"}]}}""",
            $$"""{"method":"PATCH","path":"/Users/bulkId:bob","data":{{Patch($$"""{"op":"add","path":"{{Enterprise}}:manager","value":{"value":"bulkId:cyd"} }""")}}}""",
            """{"method":"DELETE","path":"/Users/bulkId:ann"}"""
        );

        Assert.Equal(["201", "201", "201", "201", "204", "200", "204"], Statuses(reply));
        var (bob, cyd) = (await IdAsync("bob"), await IdAsync("cyd"));
        var ann = Operations(reply)[1]["location"]!.GetValue<string>()[^36..];
        var team = (await Contoso.GetAsync("/Groups?filter=displayName eq \"Team\"")).Body["Resources"]![0]!;
        Assert.Equal(new[] { bob, cyd }.Order(), MembersOf(team).Order());
        Assert.Equal(ann, ManagerOf((await Contoso.GetAsync($"/Users/{cyd}")).Body)["value"]!.GetValue<string>());
        Assert.Equal(cyd, ManagerOf((await Contoso.GetAsync($"/Users/{bob}")).Body)["value"]!.GetValue<string>());
        (await Contoso.GetAsync($"/Users/{ann}")).AssertError(404, null);
    }

    [Fact]
    public async Task An_address_behind_a_reference_is_of_the_resource()
    {
        await SendAsync(
            Post("/Users", "bob", """{"userName":"bob"}"""),
            Post(
                "/Users",
                "ann",
                $$"""{"userName":"ann","{{Enterprise}}":{"manager":{"value":"bulkId:bob","$ref":"../Users/bulkId:bob"} } }"""
            )
        );

        var manager = ManagerOf((await Contoso.GetAsync("/Users?filter=userName eq \"ann\"")).Body["Resources"]![0]!);

        Assert.Equal($"../Users/{await IdAsync("bob")}", manager["$ref"]!.GetValue<string>());
    }

    [Fact]
    [Proves("7644-3.7.1-1")]
    public async Task Operations_that_refer_to_one_another_in_a_circle_are_resolved()
    {
        var reply = await SendAsync(
            Post("/Users", "1", Managed("ann", "bulkId:2")),
            Post("/Users", "2", Managed("bob", "bulkId:3")),
            Post("/Users", "3", Managed("cyd", "bulkId:1")),
            Post("/Users", "4", Managed("dan", "bulkId:4")),
            """{"method":"PATCH","path":"/Users/bulkId:1","data":{"Operations":[{"op":"add","path":"title","value":"CEO"}]}}"""
        );

        Assert.Equal(["201", "201", "201", "201", "200"], Statuses(reply));
        var people = (await Contoso.GetAsync("/Users?sortBy=userName")).Body["Resources"]!.AsArray();
        var ids = people.Select(person => person!["id"]!.GetValue<string>()).ToList();
        Assert.Equal([ids[1], ids[2], ids[0], ids[3]], people.Select(person => ManagerOf(person!)["value"]!.GetValue<string>()));
        foreach (var (person, answer) in new[] { people[1]!, people[2]!, people[3]! }.Zip(Operations(reply).Skip(1)))
        {
            Assert.Equal(person["meta"]!["version"]!.GetValue<string>(), answer["version"]!.GetValue<string>());
            Assert.Equal(person["meta"]!["location"]!.GetValue<string>(), answer["location"]!.GetValue<string>());
        }
    }

    [Fact]
    [Proves("7644-3.7.1-1")]
    public async Task Of_a_circle_that_cannot_be_resolved_nothing_remains()
    {
        await Contoso.AddUserAsync("cyd");
        var before = await _host.StateAsync();

        var reply = await SendAsync(
            Post("/Users", "1", Managed("ann", "bulkId:2")),
            Post("/Users", "2", Managed("bob", "bulkId:3")),
            Post("/Users", "3", Managed("cyd", "bulkId:1")),
            Post("/Groups", "4", """{"displayName":"A","members":[{"type":"Group","value":"bulkId:5"}]}"""),
            Post("/Groups", "5", """{"displayName":"B","members":[{"type":"Group","value":"bulkId:4"}]}"""),
            Post("/Users", "6", Managed("dan", "bulkId:1")),
            Post("/Users", "7", Managed("eve", "bulkId:nobody"))
        );

        Assert.Equal(before, await _host.StateAsync());
        Assert.Equal(["409", "409", "409", "409", "400", "409", "409"], Statuses(reply));
        Assert.Contains("bulkId \"3\"", Detail(reply, 0), StringComparison.Ordinal);
        Assert.Contains("cyd", Detail(reply, 2), StringComparison.Ordinal);
        Assert.Contains("Group", Detail(reply, 4), StringComparison.Ordinal);
        Assert.Contains("bulkId \"1\"", Detail(reply, 5), StringComparison.Ordinal);
        Assert.Contains("bulkId \"nobody\"", Detail(reply, 6), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("7644-3.7-12")]
    public async Task Order_holds_where_operations_depend_on_one_another_without_saying_so()
    {
        var old = await Contoso.AddUserAsync("ann");

        var reply = await SendAsync(
            $$"""{"method":"DELETE","path":"/Users/{{old}}"}""",
            Post("/Users", "1", """{"userName":"ann","externalId":"new"}"""),
            """{"method":"PATCH","path":"/Users/bulkId:1","data":{"Operations":[{"op":"replace","path":"userName","value":"bob"}]}}""",
            Post("/Users", "2", """{"userName":"ann"}"""),
            """{"method":"PUT","path":"/Users/bulkId:2","version":"W/\"1\"","data":{"userName":"ann","title":"a"}}""",
            """{"method":"PUT","path":"/Users/bulkId:2","version":"W/\"1\"","data":{"userName":"ann","title":"b"}}"""
        );

        Assert.Equal(["204", "201", "200", "201", "200", "412"], Statuses(reply));
        var names = (await Contoso.GetAsync("/Users?sortBy=userName")).Body["Resources"]!.AsArray();
        Assert.Equal(["ann", "bob"], names.Select(person => person!["userName"]!.GetValue<string>()));
        Assert.Equal("a", names[0]!["title"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null, "201 409 201 409 409 201")]
    [InlineData(4, "201 409 201 409 409 201")]
    [InlineData(3, "201 409 201 409 409")]
    [InlineData(2, "201 409 201 409")]
    [InlineData(1, "201 409")]
    [Proves("7644-3.7-10")]
    public async Task After_the_errors_that_are_allowed_nothing_more_is_done(int? failOnErrors, string expected)
    {
        var reply = await SendAsync(
            failOnErrors,
            Post("/Users", "1", """{"userName":"ann"}"""),
            Post("/Users", "2", """{"userName":"ann"}"""),
            Post("/Users", "3", """{"userName":"bob"}"""),
            Post("/Users", "4", """{"userName":"bob"}"""),
            Post("/Users", "5", Managed("dan", "bulkId:4")),
            Post("/Users", "6", """{"userName":"eve"}""")
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal(expected.Split(' '), Statuses(reply));
        var done = expected.Split(' ').Count(status => status == "201");
        Assert.Equal(done, (await Contoso.GetAsync("/Users?count=0")).Body["totalResults"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("7", "400", "object")]
    [InlineData("""{"path":"/Users","bulkId":"1","data":{}}""", "400", "method")]
    [InlineData("""{"method":7,"path":"/Users","bulkId":"1","data":{}}""", "400", "method")]
    [InlineData("""{"method":"GET","path":"/Users"}""", "405", "GET")]
    [InlineData("""{"method":"POST","bulkId":"1","data":{}}""", "400", "path")]
    [InlineData("""{"method":"POST","path":"/Devices","bulkId":"1","data":{}}""", "404", "/Devices")]
    [InlineData("""{"method":"POST","path":"/Bulk","bulkId":"1","data":{}}""", "404", "/Bulk")]
    [InlineData("""{"method":"POST","path":"/Users/.search","bulkId":"1","data":{}}""", "405", "/Users")]
    [InlineData("""{"method":"DELETE","path":"/Users/1/2"}""", "404", "/Users/1/2")]
    [InlineData("""{"method":"DELETE","path":""}""", "404", "/Users")]
    [InlineData("""{"method":"DELETE","path":"/Users"}""", "405", "/Users/<id>")]
    [InlineData("""{"method":"DELETE","path":"/Users/"}""", "405", "/Users/<id>")]
    [InlineData("""{"method":"POST","path":"/Users","data":{"userName":"x"}}""", "400", "bulkId")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":"","data":{"userName":"x"}}""", "400", "bulkId")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":1,"data":{"userName":"x"}}""", "400", "bulkId")]
    [InlineData("""{"method":"POST","path":"/Users","bulkId":"1"}""", "400", "data")]
    [InlineData("""{"method":"PATCH","path":"/Users/1","data":[]}""", "400", "data")]
    [InlineData("""{"method":"PATCH","path":"/Users/1","version":1,"data":{}}""", "400", "version")]
    [InlineData("""{"method":"DELETE","path":"/Users/bulkId:9"}""", "409", "bulkId \"9\"")]
    [InlineData("""{"method":"DELETE","path":"/Users/bulkId:"}""", "404", "bulkId:")]
    [Proves("7644-3.7-2", "7644-3.7-3", "7644-3.7-4", "7644-3.7-5")]
    public async Task An_operation_that_cannot_be_read_is_refused_by_itself(string operation, string status, string detail)
    {
        var reply = await SendAsync(operation, Post("/Users", "ok", """{"userName":"ann"}"""));

        Assert.Equal([status, "201"], Statuses(reply));
        Assert.Contains(detail, Detail(reply, 0), StringComparison.Ordinal);
        Assert.Equal(1, (await Contoso.GetAsync("/Users?count=0")).Body["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Operations_with_the_same_bulkId_are_refused_and_so_is_what_refers_to_them()
    {
        var reply = await SendAsync(
            Post("/Users", "1", """{"userName":"ann"}"""),
            Post("/Users", "1", """{"userName":"bob"}"""),
            Post("/Users", "2", Managed("cyd", "bulkId:1")),
            Post("/Users", "3", """{"userName":"dan"}""")
        );

        Assert.Equal(["400", "400", "409", "201"], Statuses(reply));
        Assert.Contains("several operations", Detail(reply, 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "schemas")]
    [InlineData("""{"schemas":["URN"]}""", "Operations")]
    [InlineData("""{"schemas":["URN"],"Operations":[]}""", "Operations")]
    [InlineData("""{"schemas":["URN"],"Operations":{}}""", "Operations")]
    [InlineData("""{"schemas":["URN"],"failOnErrors":"1","Operations":[{}]}""", "failOnErrors")]
    [InlineData("""{"schemas":["URN"],"failOnErrors":0,"Operations":[{}]}""", "failOnErrors")]
    [InlineData("""{"schemas":["URN"],"Operations":[{]}""", "line 1")]
    [InlineData("[]", "JSON object")]
    [InlineData("", "no body")]
    [Proves("7644-3.7-1")]
    public async Task A_request_of_another_form_is_refused_as_a_whole(string json, string detail)
    {
        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Bulk", json.Replace("URN", Request, StringComparison.Ordinal)));

        reply.AssertError(400, "invalidSyntax", detail);
    }

    [Fact]
    [Proves("7644-3.7.4-1", "7644-3.7.4-2", "7644-3.7.4-3")]
    public async Task Both_limits_hold_to_the_last_operation_and_the_last_byte()
    {
        var operation = """{"method":"DELETE","path":"/Users/1"}""";
        var config = (await Contoso.GetAsync("/ServiceProviderConfig")).Body["bulk"]!;
        var (most, largest) = (config["maxOperations"]!.GetValue<int>(), config["maxPayloadSize"]!.GetValue<int>());
        Assert.Equal((true, 1000, 1024 * 1024), (config["supported"]!.GetValue<bool>(), most, largest));
        var one = Body(null, operation);
        var full = one + new string(' ', largest - one.Length);

        var many = await SendAsync([.. Enumerable.Repeat(operation, most)]);
        var large = await Contoso.PostAsync("/Bulk", full);
        var tooMany = await _host.RefusedAsync(() => SendAsync([.. Enumerable.Repeat(operation, most + 1)]));
        var tooLarge = await _host.RefusedAsync(() => Contoso.PostAsync("/Bulk", full + " "));
        var tooLargeUntold = await _host.RefusedAsync(() =>
            Contoso.SendAsync(
                HttpMethod.Post,
                "/Bulk",
                null,
                request =>
                {
                    request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(full + " ")));
                    request.Headers.TransferEncodingChunked = true;
                }
            )
        );

        Assert.Equal(most, Operations(many).Count);
        Assert.Equal(200, large.Status);
        foreach (var refused in (ScimReply[])[tooMany, tooLarge, tooLargeUntold])
        {
            var detail = refused.AssertError(413, null);
            Assert.Contains("maxOperations", detail, StringComparison.Ordinal);
            Assert.Contains("1000", detail, StringComparison.Ordinal);
            Assert.Contains("maxPayloadSize", detail, StringComparison.Ordinal);
            Assert.Contains("1048576", detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Bulk_requests_are_POSTs(string method)
    {
        var reply = await Contoso.SendAsync(new HttpMethod(method), "/Bulk");

        reply.AssertError(405, null);
        Assert.Equal("POST, OPTIONS", reply.Header("Allow"));
    }

    [Fact]
    public async Task Bodies_of_other_types_and_requests_without_a_token_are_refused()
    {
        var text = await _host.RefusedAsync(() =>
            Contoso.SendAsync(
                HttpMethod.Post,
                "/Bulk",
                null,
                request => request.Content = new StringContent("{}", Encoding.UTF8, "text/plain")
            )
        );
        var nobody = await _host.RefusedAsync(() =>
            Contoso.SendAsync(
                HttpMethod.Post,
                "/Bulk",
                Body(null, Post("/Users", "1", """{"userName":"ann"}""")),
                request => request.Headers.Authorization = null
            )
        );

        text.AssertError(415, null);
        nobody.AssertError(401, null);
    }

    [Fact]
    public async Task Resources_of_another_provider_are_as_unknown_as_any()
    {
        var fabrikam = await _host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
        var theirs = await fabrikam.AddUserAsync("zoe");
        var group = await fabrikam.AddGroupAsync("Theirs");

        var reply = await SendAsync(
            $$"""{"method":"DELETE","path":"/Users/{{theirs}}"}""",
            $$"""{"method":"PATCH","path":"/Groups/{{group}}","data":{{Patch("""{"op":"replace","path":"displayName","value":"Ours"}""")}}}""",
            Post("/Groups", "1", $$"""{"displayName":"Ours","members":[{"value":"{{theirs}}"}]}""")
        );

        Assert.Equal(["404", "404", "400"], Statuses(reply));
        Assert.Equal(200, (await fabrikam.GetAsync($"/Users/{theirs}")).Status);
        Assert.Equal("Theirs", (await fabrikam.GetAsync($"/Groups/{group}")).Body["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_done_and_refused_is_journaled_and_logged_under_one_request()
    {
        var bob = await Contoso.AddUserAsync("bob");

        var reply = await SendAsync(
            Post("/Users", "ann@contoso.com", """{"userName":"ann@contoso.com"}"""),
            Post("/Users", "2", """{"userName":"cyd","active":"True"}"""),
            $$"""{"method":"PATCH","path":"/Users/{{bob}}","data":{"Operations":[{"op":"Replace","path":"active","value":false}]} }""",
            """{"method":"DELETE","path":"/Users/ann@contoso.com"}"""
        );

        var request = reply.Header("X-Request-Id");
        var activities = await _host.ActivitiesAsync();
        Assert.Equal(
            ["scim.refused", "user.created", "user.created", "user.deactivated"],
            activities.Where(activity => activity.RequestId == request).Select(activity => activity.Kind).Order(StringComparer.Ordinal)
        );
        var logged = await _host.LoggedAsync(reply);
        Assert.Equal(["POST /Users 201: 2", "PATCH /Users 200: 1", "DELETE /Users 404: 1"], logged.Operations);
        Assert.Equal(
            ["missing-schemas: schemas", "string-boolean: active", "missing-patch-schemas: schemas", "operation-letter-case: Replace"],
            logged.Repairs
        );
        Assert.Equal(
            $$$"""{"schemas":["{{{Request}}}"],"Operations":[{"method":"POST","path":"/Users","bulkId":"…","data":{"userName":"…"}},"""
                + """{"method":"POST","path":"/Users","bulkId":"…","data":{"userName":"…","active":"True"}},"""
                + $$$"""{"method":"PATCH","path":"/Users/{{{bob}}}","data":{"Operations":[{"op":"Replace","path":"active","value":false}]}},"""
                + """{"method":"DELETE","path":"/Users/…"}]}""",
            logged.Request.Text
        );
        Assert.Contains(
            $$"""{"location":"…/Users/{{bob}}","method":"PATCH","version":"W/\"2\"","status":"200"}""",
            logged.Answer.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("ann@", logged.Answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_revoked_meanwhile_does_nothing_more()
    {
        await _host.StopNotingUseAsync();
        _host.WriteAsked += Revoke;

        var reply = await SendAsync(
            Post("/Users", "1", """{"userName":"ann"}"""),
            Post("/Users", "2", Managed("bob", "bulkId:1")),
            Post("/Users", "3", """{"userName":"cyd"}""")
        );

        Assert.Equal(["201", "401", "401"], Statuses(reply));

        void Revoke(CancellationToken gone)
        {
            _host.WriteAsked -= Revoke;
            var revoked = _host
                .Get<ScimConnections>()
                .DisableAsync(Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None);
            Installation.Done(revoked.GetAwaiter().GetResult());
        }
    }

    [Fact]
    [Proves("7644-3.7-9")]
    public async Task A_failure_of_the_storage_is_the_answer_as_long_as_nothing_was_done()
    {
        var before = await _host.StateAsync();
        _host.NextWrite = new SqliteException("disk I/O error", 10);
        var reply = await SendAsync(Post("/Users", "1", """{"userName":"ann"}"""), Post("/Users", "2", """{"userName":"bob"}"""));
        _host.NextWrite = null;

        reply.AssertError(503, null);
        Assert.NotNull(reply.Header("Retry-After"));
        Assert.Equal(before, await _host.StateAsync());
    }

    [Fact]
    public async Task Failures_of_the_storage_are_errors_of_the_operations_they_hit()
    {
        await _host.StopNotingUseAsync();
        _host.WriteAsked += Break;

        var reply = await SendAsync(
            Post("/Users", "1", """{"userName":"ann"}"""),
            Post("/Users", "2", Managed("bob", "bulkId:1")),
            Post("/Users", "3", Managed("cyd", "bulkId:2"))
        );
        _host.NextWrite = null;

        Assert.Equal(["201", "503", "409"], Statuses(reply));
        Assert.Equal(1, (await Contoso.GetAsync("/Users?count=0")).Body["totalResults"]!.GetValue<int>());

        void Break(CancellationToken gone)
        {
            _host.WriteAsked -= Break;
            _host.NextWrite = new SqliteException("disk I/O error", 10);
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private Task<ScimReply> SendAsync(params string[] operations) => SendAsync(null, operations);

    private Task<ScimReply> SendAsync(int? failOnErrors, params string[] operations) =>
        Contoso.PostAsync("/Bulk", Body(failOnErrors, operations));

    private static string Body(int? failOnErrors, params string[] operations) =>
        $$"""{"schemas":["{{Request}}"],{{(failOnErrors is null ? "" : $"\"failOnErrors\":{failOnErrors},")}}"Operations":[{{string.Join(',', operations)}}]}""";

    private static string Post(string path, string bulkId, string data) =>
        $$"""{"method":"POST","path":"{{path}}","bulkId":"{{bulkId}}","data":{{data}} }""";

    private static string Patch(string operations) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}""";

    private static string Managed(string userName, string manager) =>
        $$"""{"userName":"{{userName}}","{{Enterprise}}":{"manager":{"value":"{{manager}}"} } }""";

    private static List<JsonNode> Operations(ScimReply reply)
    {
        Assert.True(reply.Status == 200, reply.Text);
        return [.. reply.Body["Operations"]!.AsArray().Select(operation => operation!)];
    }

    private static IEnumerable<string> Statuses(ScimReply reply) =>
        Operations(reply).Select(operation => operation["status"]!.GetValue<string>());

    private static string Detail(ScimReply reply, int index) => Operations(reply)[index]["response"]!["detail"]!.GetValue<string>();

    private static JsonNode ManagerOf(JsonNode user) => user[Enterprise]!["manager"]!;

    private static IEnumerable<string> MembersOf(JsonNode group) =>
        group["members"]?.AsArray().Select(member => member!["value"]!.GetValue<string>()) ?? [];

    private async Task<string> IdAsync(string userName) =>
        (await Contoso.GetAsync($"/Users?filter=userName eq \"{userName}\"")).Body["Resources"]![0]!["id"]!.GetValue<string>();
}
