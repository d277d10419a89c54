using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// The SCIM 2.0 Compliance Test Suite of WSO2, https://github.com/wso2-incubator/scim2-compliance-test-suite, users and groups; bulk is in
/// <see cref="Wso2BulkTests"/>. Left out is what the suite expects against the RFCs: <c>pr</c> with a value (RFC 7644, section 3.4.2.2), a
/// list that is not in the order asked for, a path whose bracket is never closed, 200 and nothing else after a PATCH of a group (section 3.5.2
/// allows 204), members that have a name and no value (RFC 7643, section 4.2), a number compared with a text. <c>/Roles</c> is of no standard,
/// and <c>/Me</c> is answered 501, which the suite accepts.
/// </summary>
public sealed class Wso2SuiteTests(Wso2SuiteTests.Directory directory) : IClassFixture<Wso2SuiteTests.Directory>
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string People = "login1 login2 login3 login4 login5";
    private const string Teams = "Team1 Team2 Team3 Team4";

    private ScimClient Contoso => directory.Host.Contoso;

    private ScimClient Fabrikam => directory.Fabrikam;

    [Theory]
    // Without quotation marks, as the suite sends them.
    [InlineData("/Users", "", People)]
    [InlineData("/Users", "startIndex=1", People)]
    [InlineData("/Users", "filter=userName+eq+login1", "login1")]
    [InlineData("/Users", "filter=userName+eq+login1&startIndex=1&count=1", "login1")]
    [InlineData("/Users", "filter=userName+eq+login1&startIndex=1", "login1")]
    [InlineData("/Users", "filter=userName+eq+login1+and+emails.type+eq+work", "login1")]
    [InlineData("/Users", "filter=USERNAME+eq+login1", "login1")]
    [InlineData("/Users", "filter=userName+EQ+login1", "login1")]
    [InlineData("/Users", "filter=userName+ne+login1", "login2 login3 login4 login5")]
    [InlineData("/Users", "filter=userName+co+login1", "login1")]
    [InlineData("/Users", "filter=userName+sw+login1", "login1")]
    [InlineData("/Users", "filter=userName+ew+login1", "login1")]
    [InlineData("/Users", "filter=userName+pr", People)]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+eq+\"70001\"", "login1")]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+ne+\"70001\"", "login2 login3 login4 login5")]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+co+\"70001\"", "login1")]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+sw+\"70001\"", "login1")]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+ew+\"70001\"", "login1")]
    [InlineData("/Users", $"filter={Enterprise}:employeeNumber+pr", People)]
    [InlineData("/Groups", "", Teams)]
    [InlineData("/Groups", "startIndex=1", Teams)]
    [InlineData("/Groups", "filter=displayName+eq+Team1&startIndex=1&count=1", "Team1")]
    [InlineData("/Groups", "filter=displayName+eq+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+eq+Team1&startIndex=1", "Team1")]
    [InlineData("/Groups", "filter=DISPLAYNAME+eq+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+EQ+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+ne+Team1", "Team2 Team3 Team4")]
    [InlineData("/Groups", "filter=displayName+co+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+sw+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+ew+Team1", "Team1")]
    [InlineData("/Groups", "filter=displayName+pr", Teams)]
    public async Task A_list_has_what_the_filter_describes_in_the_form_of_the_schemas(string endpoint, string query, string expected)
    {
        var reply = await Contoso.GetAsync($"{endpoint}?{query}");

        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(expected, Names(reply));
        Assert.Equal((1, expected.Split(' ').Length), ((int)reply.Body["startIndex"]!, (int)reply.Body["totalResults"]!));
        Assert.All(reply.Body["Resources"]!.AsArray(), resource => directory.Schemas.AssertDescribe(resource!.AsObject()));
    }

    [Theory]
    [InlineData("/Users", "startIndex=1&count=2")]
    [InlineData("/Users", "startIndex=-1&count=2")]
    [InlineData("/Users", "count=2")]
    [InlineData("/Groups", "startIndex=1&count=2")]
    [InlineData("/Groups", "startIndex=-1&count=2")]
    [InlineData("/Groups", "count=2")]
    public async Task A_page_of_two_begins_with_the_first(string endpoint, string query)
    {
        var reply = await Contoso.GetAsync($"{endpoint}?{query}");

        Assert.Equal((200, 1, 2), (reply.Status, (int)reply.Body["startIndex"]!, (int)reply.Body["itemsPerPage"]!));
        Assert.Equal(2, reply.Body["Resources"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task A_list_is_sorted_by_id(string endpoint)
    {
        var ids = (await Contoso.GetAsync($"{endpoint}?sortBy=id&sortOrder=ascending")).Body["Resources"]!
            .AsArray()
            .Select(resource => (string?)resource!["id"])
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("/Users", "attributes=userName,name.givenName", """{"userName":"login1","name":{"givenName":"Given1"}}""")]
    [InlineData(
        "/Users",
        $"excludedAttributes=name.givenName,emails,groups,active,meta,{Enterprise}",
        """{"userName":"login1","name":{"familyName":"Family1"}}"""
    )]
    [InlineData(
        "/Users",
        "excludedAttributes=emails,name,groups,active,meta",
        $$$"""{"userName":"login1","{{{Enterprise}}}":{"employeeNumber":"70001","manager":{"value":"Taylor"}} }"""
    )]
    [InlineData(
        "/Users",
        $"attributes={Enterprise}:employeeNumber,userName",
        $$$"""{"userName":"login1","{{{Enterprise}}}":{"employeeNumber":"70001"}}"""
    )]
    [InlineData(
        "/Users",
        $"excludedAttributes={Enterprise}:employeeNumber,emails,name,groups,active,meta",
        $$$"""{"userName":"login1","{{{Enterprise}}}":{"manager":{"value":"Taylor"}} }"""
    )]
    [InlineData("/Groups", "attributes=displayName,members.value", """{"displayName":"Team1","members":[{"value":"LOGIN1"}]}""")]
    [InlineData("/Groups", "excludedAttributes=members,meta", """{"displayName":"Team1"}""")]
    public async Task One_and_a_list_have_the_attributes_asked_for(string endpoint, string query, string expected)
    {
        var wanted = expected.Replace("LOGIN1", directory.FirstUser, StringComparison.Ordinal);
        var id = endpoint == "/Users" ? directory.FirstUser : directory.FirstGroup;

        var one = (await Contoso.GetAsync($"{endpoint}/{id}?{query}")).Body;
        var list = (await Contoso.GetAsync($"{endpoint}?{query}")).Body["Resources"]!.AsArray();

        var listed = list.Single(resource => (string?)resource!["id"] == id)!.AsObject();
        Assert.All(
            new[] { one, listed },
            resource =>
            {
                resource.Remove("id");
                resource.Remove("schemas");
                Json.Equal(wanted, resource);
            }
        );
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task What_does_not_exist_is_answered_404(string endpoint)
    {
        var path = $"{endpoint}/{Guid.NewGuid()}";

        ScimReply[] replies =
        [
            await Contoso.GetAsync(path),
            await Contoso.PutAsync(path, Body(endpoint, "Nobody")),
            await Contoso.PatchAsync(path, """{"op":"add","value":{"externalId":"x"}}"""),
            await Contoso.DeleteAsync(path),
        ];

        Assert.All(replies, reply => reply.AssertError(404, null));
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task A_resource_is_created_once_and_says_where_it_is(string endpoint)
    {
        var body = Body(endpoint, $"{Guid.NewGuid():N}");

        var created = await Fabrikam.PostAsync(endpoint, body);
        var again = await directory.Host.RefusedAsync(() => Fabrikam.PostAsync(endpoint, body));

        Assert.True(created.Status == 201, created.Text);
        Assert.Equal((string?)created.Body["meta"]!["location"], created.Header("Location"));
        directory.Schemas.AssertDescribe(created.Body);
        again.AssertError(409, "uniqueness");
    }

    [Theory]
    [InlineData("/Users", """{"name":{"givenName":"G"},"emails":[{"value":"g@example.com"}]}""", "invalidValue")]
    [InlineData("/Groups", """{"members":[]}""", "invalidValue")]
    [InlineData("/Groups", "", "invalidSyntax")]
    public async Task Nothing_is_created_without_what_is_required(string endpoint, string body, string scimType) =>
        (await directory.Host.RefusedAsync(() => Fabrikam.PostAsync(endpoint, body))).AssertError(400, scimType);

    [Theory]
    [InlineData("""{"op":"add","value":{"nickName":"shaggy"}}""", "shaggy", "w@example.com h@example.org", "Taylor")]
    [InlineData("""{"op":"remove","path":"emails[type eq \"work\" and value ew \"example.com\"]"}""", null, "h@example.org", "Taylor")]
    [InlineData(
        """{"op":"replace","path":"emails[type eq \"home\"]","value":{"type":"home","value":"n@example.com"}}""",
        null,
        "w@example.com n@example.com",
        "Taylor"
    )]
    [InlineData(
        """
            {"op":"add","value":{"nickName":"shaggy"}},{"op":"remove","path":"emails[type eq \"work\" and value ew \"example.com\"]"},
            {"op":"replace","path":"emails[type eq \"home\"]","value":{"type":"home","value":"n@example.com"}}
            """,
        "shaggy",
        "n@example.com",
        "Taylor"
    )]
    [InlineData(
        $$"""
            {"op":"add","path":"{{Enterprise}}:manager","value":{"value":"Civil"} },{"op":"replace","path":"{{Enterprise}}:manager","value":{"value":"Sub"} },
            {"op":"remove","path":"{{Enterprise}}:manager"}
            """,
        null,
        "w@example.com h@example.org",
        null
    )]
    public async Task A_user_is_patched(string operations, string? nickName, string emails, string? manager)
    {
        var created = await Fabrikam.PostAsync("/Users", Body("/Users", $"{Guid.NewGuid():N}"));

        var patched = await Fabrikam.PatchAsync($"/Users/{created.Id}", operations);

        Assert.True(patched.Status == 200, patched.Text);
        directory.Schemas.AssertDescribe(patched.Body);
        Assert.Equal(nickName, (string?)patched.Body["nickName"]);
        Assert.Equal(emails, string.Join(' ', patched.Body["emails"]!.AsArray().Select(email => (string?)email!["value"])));
        Assert.Equal(manager, (string?)patched.Body[Enterprise]!["manager"]?["value"]);
    }

    [Theory]
    [InlineData("""{"op":"add","value":{"displayName":"NAME-patch"}}""", "NAME-patch", "ONE TWO")]
    [InlineData("""{"op":"remove","path":"members"}""", "NAME", "")]
    [InlineData("""{"op":"replace","value":{"members":[{"display":"login2","value":"TWO","ref":"x"}]}}""", "NAME", "TWO")]
    [InlineData(
        """
            {"op":"remove","path":"members"},{"op":"add","path":"members","value":[{"display":"login1","value":"ONE"}]},
            {"op":"replace","path":"members","value":[{"display":"login2","value":"TWO","ref":"x"}]}
            """,
        "NAME",
        "TWO"
    )]
    public async Task A_group_is_patched(string operations, string displayName, string members)
    {
        var name = $"{Guid.NewGuid():N}";
        var (one, two) = (await Fabrikam.AddUserAsync($"1{name}"), await Fabrikam.AddUserAsync($"2{name}"));
        var id = await Fabrikam.AddGroupAsync(name, one, two);

        var patched = await Fabrikam.PatchAsync($"/Groups/{id}", Named(operations));

        Assert.InRange(patched.Status, 200, 204);
        var group = (await Fabrikam.GetAsync($"/Groups/{id}")).Body;
        directory.Schemas.AssertDescribe(group);
        Assert.Equal(Named(displayName), (string?)group["displayName"]);
        Assert.Equal(
            Named(members).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            (group["members"]?.AsArray() ?? []).Select(member => member!["value"]!.GetValue<string>()).ToHashSet()
        );

        string Named(string text) =>
            text.Replace("NAME", name, StringComparison.Ordinal)
                .Replace("ONE", one, StringComparison.Ordinal)
                .Replace("TWO", two, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Users", """{"op":"remove","value":{"nickName":"shaggy"}}""")]
    [InlineData("/Groups", """{"op":"remove","pah":"members"}""")]
    public async Task Nothing_is_removed_without_a_path(string endpoint, string operation)
    {
        var id = (await Fabrikam.PostAsync(endpoint, Body(endpoint, $"{Guid.NewGuid():N}"))).Id;

        (await directory.Host.RefusedAsync(() => Fabrikam.PatchAsync($"{endpoint}/{id}", operation))).AssertError(400, "noTarget");
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task A_resource_is_replaced_but_not_by_one_without_what_is_required(string endpoint)
    {
        var name = $"{Guid.NewGuid():N}";
        var path = $"{endpoint}/{(await Fabrikam.PostAsync(endpoint, Body(endpoint, name))).Id}";

        var replaced = await Fabrikam.PutAsync(path, Body(endpoint, $"{name}-updated"));
        var refused = await directory.Host.RefusedAsync(() => Fabrikam.PutAsync(path, """{"displaayName":"x"}"""));

        Assert.True(replaced.Status == 200, replaced.Text);
        directory.Schemas.AssertDescribe(replaced.Body);
        Assert.Equal($"{name}-updated", (string?)replaced.Body[endpoint == "/Users" ? "userName" : "displayName"]);
        refused.AssertError(400, "invalidValue");
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("/Groups")]
    public async Task A_resource_is_deleted_once(string endpoint)
    {
        var path = $"{endpoint}/{(await Fabrikam.PostAsync(endpoint, Body(endpoint, $"{Guid.NewGuid():N}"))).Id}";

        var deleted = await Fabrikam.DeleteAsync(path);
        var again = await Fabrikam.DeleteAsync(path);

        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        again.AssertError(404, null);
    }

    [Theory]
    [InlineData(
        "/Users",
        """ "filter":"userName sw login","attributes":["name.familyName","userName"],"startIndex":1,"count":10 """,
        People
    )]
    [InlineData("/Users", """ "filter":"userName sw login","attributes":["name.familyName","userName"] """, People)]
    [InlineData("/Users", """ "filter":"userName sw login","attributes":["name.familyName","userName"],"startIndex":1 """, People)]
    [InlineData("/Groups", """ "filter":"displayName eq Team1","startIndex":1,"count":10 """, "Team1")]
    [InlineData("/Groups", """ "filter":"displayName eq Team1" """, "Team1")]
    [InlineData("/Groups", """ "filter":"displayName eq Team1","startIndex":1 """, "Team1")]
    public async Task A_search_finds_what_its_filter_describes(string endpoint, string parameters, string expected)
    {
        var reply = await Contoso.PostAsync($"{endpoint}/.search", Search(parameters));

        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(expected, Names(reply));
        Assert.Equal(expected.Split(' ').Length, (int)reply.Body["totalResults"]!);
    }

    [Theory]
    [InlineData("/Users", "userName ssw login")]
    [InlineData("/Groups", "displayName esq Team1")]
    public async Task A_search_by_an_operator_that_does_not_exist_is_refused(string endpoint, string filter) =>
        (await Contoso.PostAsync($"{endpoint}/.search", Search($"\"filter\":\"{filter}\""))).AssertError(400, "invalidFilter");

    // The suite sends a parameter of its own as well.
    private static string Search(string parameters) =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"domain":"PRIMARY",{{parameters}}}""";

    private static string Names(ScimReply reply) =>
        string.Join(
            ' ',
            reply.Body["Resources"]!.AsArray().Select(resource => (string?)(resource!["userName"] ?? resource["displayName"]))
        );

    private static string Body(string endpoint, string name) =>
        endpoint == "/Users"
            ? $$"""
                {"userName":"{{name}}","name":{"givenName":"G","familyName":"F"},"password":"7019asd84",
                 "emails":[{"value":"w@example.com","type":"work","primary":true},{"value":"h@example.org","type":"home"}],
                 "{{Enterprise}}":{"employeeNumber":"1234A","manager":{"value":"Taylor"} } }
                """
            : $$"""{"displayName":"{{name}}"}""";

    /// <summary>Five users and four groups of Contoso, which nobody changes; Fabrikam is there to write.</summary>
    public sealed class Directory : IAsyncLifetime
    {
        public ScimHost Host { get; } = new();

        public ScimClient Fabrikam { get; private set; } = null!;

        public string FirstUser { get; private set; } = "";

        public string FirstGroup { get; private set; } = "";

        internal PublishedSchemas Schemas { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            Fabrikam = await Host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));
            Schemas = await PublishedSchemas.ReadAsync(Host.Contoso);
            var users = new List<string>();
            foreach (var number in Enumerable.Range(1, 5))
            {
                users.Add(
                    await Host.Contoso.AddUserAsync(
                        $"login{number}",
                        $$""","name":{"givenName":"Given{{number}}","familyName":"Family{{number}}"},"emails":[{"value":"w{{number}}@example.com","type":"work","primary":true},{"value":"h{{number}}@example.org","type":"home"}],"password":"7019asd84","{{Enterprise}}":{"employeeNumber":"7000{{number}}","manager":{"value":"Taylor"} }"""
                    )
                );
            }

            FirstUser = users[0];
            FirstGroup = await Host.Contoso.AddGroupAsync("Team1", users[0]);
            await Host.Contoso.AddGroupAsync("Team2");
            await Host.Contoso.AddGroupAsync("Team3");
            await Host.Contoso.AddGroupAsync("Team4", [.. users]);
        }

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
