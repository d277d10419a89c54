using System.Net;
using System.Text;
using AngleSharp.Dom;
using Bunit;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Activities;
using NinjaIam.Web.Components.Dashboard;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

/// <summary>A request travels over HTTP into the log, and from there onto the page.</summary>
public sealed class ActivityRequestTests : EndpointTestContext
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task The_panel_shows_what_was_asked_and_what_was_tolerated_about_it()
    {
        var reply = await AddAdaAsync();
        var list = OpenDrawer(await NewestAsync(), "request");

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("activity-request"))));
        Assert.Equal($"POST /scim/v2/{Contoso.Identifier}/Users", Fact(list, "request-path"));
        Assert.Equal("201 Created", Fact(list, "request-status"));
        Assert.EndsWith(" ms", Fact(list, "request-duration"), StringComparison.Ordinal);
        Assert.Equal("client-request-id: 0b7a5f2f", Fact(list, "request-client-ids"));
        Assert.Equal(
            ["active came as the text True or False and was read as yes or no."],
            list.FindAll($"{TestId("request-repairs")} li").Select(line => line.TextContent.Trim())
        );
        var body = list.Find($"{TestId("activity-request")} {TestId("body")}").TextContent;
        Assert.Contains("\"userName\": \"…\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@contoso.com", list.Find(TestId("activity-request")).TextContent, StringComparison.Ordinal);
        Assert.Equal(201, reply.Status);
    }

    [Fact]
    public async Task The_panel_shows_what_was_answered()
    {
        var reply = await AddAdaAsync();
        var list = OpenDrawer(await NewestAsync(), "response");

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("activity-response"))));
        Assert.Equal("201 Created", Fact(list, "response-status"));
        Assert.Contains($"\"id\": \"{reply.Id}\"", list.Find(TestId("body")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mark_stands_for_is_said_only_where_one_stands()
    {
        await Host.LoggedAsync(await Contoso.PostAsync("/Groups", Group("Help desk")));
        var group = OpenDrawer(await NewestAsync(), "request");
        group.WaitForAssertion(() => Assert.NotEmpty(group.FindAll(TestId("body"))));
        Assert.Empty(group.FindAll(TestId("body-marks")));

        await AddAdaAsync();
        var person = OpenDrawer(await NewestAsync(), "request");
        person.WaitForAssertion(() => Assert.NotEmpty(person.FindAll(TestId("body-marks"))));
    }

    [Fact]
    public async Task The_dashboard_says_of_a_line_what_the_list_says()
    {
        await AddAdaAsync();

        var dashboard = Render<DashboardPage>();

        dashboard.WaitForAssertion(() =>
            Assert.Equal("Repaired", dashboard.FindAll($"{TestId("recent-activity")} {TestId("status-chip")}")[0].TextContent.Trim())
        );
    }

    [Fact]
    public async Task A_refused_request_has_the_same_tabs_and_what_to_do()
    {
        await AddAdaAsync();
        await Host.LoggedAsync(await AddAdaAsync());
        await Host.Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var list = OpenDrawer(await NewestAsync(), "response");

        list.WaitForAssertion(() => Assert.Equal("409 Conflict", Fact(list, "response-status")));
        Assert.Equal(["Summary", "Request", "Response", "What to do"], list.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()));
        Assert.Contains("\"scimType\": \"uniqueness\"", list.Find(TestId("body")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_administrator_did_here_has_no_request()
    {
        await Host.AddOrganizationAsync("Fabrikam");

        var list = OpenDrawer(await NewestAsync());

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("activity-tabs"))));
        Assert.Equal(["Summary", "Changes"], list.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()));
        Assert.Empty(list.FindAll(TestId("copy-curl")));
    }

    [Fact]
    public async Task A_line_says_how_long_its_request_took_and_that_it_was_repaired()
    {
        await AddAdaAsync();
        await Host.LoggedAsync(await Contoso.PostAsync("/Groups", Group("Help desk")));

        var list = OpenList();

        Assert.Equal(["Done", "Repaired"], Rows(list).Take(2).Select(row => row.QuerySelector(TestId("status-chip"))!.TextContent.Trim()));
        Assert.Matches(@"^group · [\d.]+ m?s$", Rows(list)[0].QuerySelector(TestId("activity-kind"))!.TextContent);
        Assert.Matches(@"^user · [\d.]+ m?s$", Rows(list)[1].QuerySelector(TestId("activity-kind"))!.TextContent);
    }

    [Fact]
    public async Task Copy_as_curl_gives_the_request_without_its_token_and_without_personal_values()
    {
        var clipboard = JSInterop.SetupModule("./js/clipboard.js");
        clipboard.Setup<bool>("copy", _ => true).SetResult(true);
        await Host.LoggedAsync(await Contoso.PostAsync("/Groups", Group("Sales' desk")));
        var list = OpenDrawer(await NewestAsync());
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("copy-curl"))));

        _ = list.Find(TestId("copy-curl")).ClickAsync();

        var command = Assert.IsType<string>(Assert.Single(clipboard.Invocations["copy"]).Arguments[0]);
        Assert.Equal(
            $$"""
            curl -X POST '{{Host.Client.BaseAddress!.ToString().TrimEnd('/')}}/scim/v2/{{Contoso.Identifier}}/Groups' \
              -H "Authorization: Bearer $SCIM_TOKEN" \
              -H 'Content-Type: application/scim+json' \
              --data-raw '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Sales'\'' desk"}'
            """,
            command
        );
        list.WaitForAssertion(() => Assert.Contains("Copied", list.Find(TestId("copy-curl")).TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Copy_link_gives_an_address_that_opens_the_activity()
    {
        var clipboard = JSInterop.SetupModule("./js/clipboard.js");
        clipboard.Setup<bool>("copy", _ => true).SetResult(true);
        await AddAdaAsync();
        var newest = await NewestAsync();
        var list = OpenDrawer(newest);
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("copy-link"))));

        _ = list.Find(TestId("copy-link")).ClickAsync();

        Assert.Equal($"http://localhost/activities?activity={newest.Id}", Assert.Single(clipboard.Invocations["copy"]).Arguments[0]);
    }

    [Fact]
    public async Task Where_the_browser_refuses_to_copy_the_command_stands_there_to_be_selected()
    {
        var clipboard = JSInterop.SetupModule("./js/clipboard.js");
        clipboard.Mode = JSRuntimeMode.Loose;
        clipboard.Setup<bool>("copy", _ => true).SetResult(false);
        await AddAdaAsync();
        var list = OpenDrawer(await NewestAsync());
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("copy-curl"))));

        await list.Find(TestId("copy-curl")).ClickAsync();

        list.WaitForAssertion(() =>
            Assert.StartsWith(
                "curl -X POST ",
                list.Find($"{TestId("blocked-curl")} {TestId("copy-value")}").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Equal("Copying was blocked. Press Ctrl+C.", list.Find(TestId("copy-blocked")).TextContent);
        Assert.Single(clipboard.Invocations["select"]);
    }

    [Fact]
    public async Task A_request_without_a_live_token_is_said_not_to_be_kept()
    {
        using var refused = await Host.Client.GetAsync($"/scim/v2/{Contoso.Identifier}/Users");
        await Host.Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var list = OpenDrawer(await NewestAsync(), "request");

        list.WaitForAssertion(() =>
            Assert.Equal("Requests without a live token are counted and not kept.", list.Find(TestId("request-absent")).TextContent)
        );
        Assert.Empty(list.FindAll(TestId("copy-curl")));
    }

    [Fact]
    public async Task A_request_that_was_refused_before_its_token_is_not_said_to_have_none()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/scim/v2/{Contoso.Identifier}/Users") { Content = content };
        request.Headers.Authorization = new("Bearer", Contoso.Token);
        using var refused = await Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        await Host.Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var list = OpenDrawer(await NewestAsync(), "request");

        list.WaitForAssertion(() =>
            Assert.Equal(
                "This request was refused before its token was looked at. Such requests are counted and not kept.",
                list.Find(TestId("request-absent")).TextContent
            )
        );
    }

    [Fact]
    public async Task A_request_that_is_older_than_the_log_is_said_to_be_too_old()
    {
        var reply = await AddAdaAsync();
        var change = await NewestAsync();
        Time.Advance(TimeSpan.FromDays(31));
        // Whatever comes next pushes out what is too old.
        await Host.LoggedAsync(await Contoso.GetAsync("/Users"));
        Assert.Null(await Host.Get<RequestReads>().FindAsync(Actor.System, reply.RequestId, CancellationToken.None));

        var list = OpenDrawer(change, "response");

        list.WaitForAssertion(() =>
            Assert.Equal("Requests are kept for 30 days. This one is older.", list.Find(TestId("request-absent")).TextContent)
        );
    }

    [Fact]
    public async Task New_lines_get_their_requests_by_themselves()
    {
        var module = JSInterop.SetupModule("./js/activities.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("isAtTop", _ => true).SetResult(true);
        var list = OpenList();

        await AddAdaAsync();
        Time.Advance(Pace);

        list.WaitForAssertion(() => Assert.Contains("Repaired", list.Markup, StringComparison.Ordinal));
    }

    private static string Fact(IRenderedComponent<ActivityList> list, string name) => list.Find($"{TestId(name)} dd").TextContent.Trim();

    private static List<IElement> Rows(IRenderedComponent<ActivityList> list) => [.. list.FindAll($"tbody {TestId("list-row")}")];

    private static string Group(string name) =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{name}}"}""";

    private async Task<ScimReply> AddAdaAsync()
    {
        var reply = await Contoso.SendAsync(
            HttpMethod.Post,
            "/Users",
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.com","active":"True"}""",
            request => request.Headers.Add("client-request-id", "0b7a5f2f")
        );
        await Host.LoggedAsync(reply);
        Time.Advance(TimeSpan.FromSeconds(1));
        return reply;
    }

    private async Task<Activity> NewestAsync() => (await Host.ActivitiesAsync())[0];

    private IRenderedComponent<ActivityList> OpenList()
    {
        var list = Open<ActivityList>("/activities");
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("list-count"))));
        return list;
    }

    private IRenderedComponent<ActivityList> OpenDrawer(Activity activity, string? tab = null) =>
        Open<ActivityList>($"/activities?activity={activity.Id}{(tab is null ? "" : $"&view={tab}")}");
}
