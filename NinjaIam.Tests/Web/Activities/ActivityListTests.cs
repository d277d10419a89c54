using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Activities;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Tests.Web.Activities;

public sealed class ActivityListTests : AdministrationTestContext
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Changes_and_refusals_stand_in_one_list_as_sentences_the_newest_first()
    {
        await AddOrganizationAsync("Fabrikam");
        Time.Advance(TimeSpan.FromMinutes(1));
        await RefuseAsync("userType \"Member\" is not allowed.");

        var list = List();

        Assert.Equal(
            [
                "A request was refused: userType \"Member\" is not allowed",
                "Ada Lind added the organization Fabrikam",
                "Command line added the system administrator Ada Lind",
            ],
            Sentences(list).Take(3)
        );
        Assert.Equal("user · 400", list.Find(TestId("activity-kind")).TextContent);
    }

    [Fact]
    public async Task Equal_refusals_of_a_minute_are_one_line_that_says_how_often()
    {
        await RefuseAsync("No.", times: 14);

        var list = List();

        Assert.Equal("user · 400 · 14 times", list.Find(TestId("activity-kind")).TextContent);
    }

    [Theory]
    [InlineData("result=refused", "A request was refused: No")]
    [InlineData("kind=organizations&q=fabrik", "Ada Lind added the organization Fabrikam")]
    [InlineData("q=fabrik", "Ada Lind added the organization Fabrikam")]
    public async Task Filters_in_the_address_narrow_the_list(string query, string sentence)
    {
        await AddOrganizationAsync("Fabrikam");
        await RefuseAsync("No.");

        var list = List(query);

        Assert.Equal([sentence], Sentences(list));
    }

    [Fact]
    public async Task A_span_of_time_leaves_out_what_is_older()
    {
        await AddOrganizationAsync("Fabrikam");
        Time.Advance(TimeSpan.FromHours(2));
        await AddOrganizationAsync("Contoso");

        var list = List("since=1h");

        Assert.Equal(["Ada Lind added the organization Contoso"], Sentences(list));
    }

    [Fact]
    public void A_search_without_a_match_offers_to_clear_it()
    {
        var list = List("q=nobody");

        Assert.Contains("No activities match your filters.", list.Find(TestId("list-no-match")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_provider_it_shows_only_that_ones_activities_and_no_filter_for_providers()
    {
        var contoso = await AddProviderAsync("Contoso", "contoso.com");
        await AddProviderAsync("Fabrikam", "fabrikam.com");
        Navigation.NavigateTo("/");

        var list = Render<ActivityList>(parameters => parameters.Add(l => l.ProviderId, contoso));

        list.WaitForAssertion(() => Assert.Contains("Ada Lind added the identity provider Contoso", Sentences(list)));
        Assert.DoesNotContain(Sentences(list), sentence => sentence.Contains("Fabrikam", StringComparison.Ordinal));
        Assert.Empty(list.FindAll(TestId("filter-provider")));
        Assert.NotEmpty(List().FindAll(TestId("filter-provider")));
    }

    [Fact]
    public async Task Of_one_resource_it_is_that_ones_timeline()
    {
        var id = await AddOrganizationAsync("Fabrikam");
        await AddOrganizationAsync("Contoso");
        Navigation.NavigateTo("/");

        var list = Render<ActivityList>(parameters => parameters.Add(l => l.ResourceId, $"{id}"));

        list.WaitForAssertion(() => Assert.Equal(["Ada Lind added the organization Fabrikam"], Sentences(list)));
        Assert.Empty(list.FindAll(TestId("filter-result")));
    }

    [Fact]
    public async Task At_the_top_new_lines_appear_by_themselves()
    {
        ReaderIsAtTheTop(true);
        var list = List();

        await AddOrganizationAsync("Fabrikam");
        Time.Advance(Pace);

        list.WaitForAssertion(() => Assert.Equal("Ada Lind added the organization Fabrikam", Sentences(list)[0]));
        Assert.Empty(list.FindAll(TestId("new-activities")));
    }

    [Fact]
    public async Task Further_down_a_button_says_how_many_are_new_and_shows_them()
    {
        ReaderIsAtTheTop(false);
        var list = List();
        var before = Sentences(list);

        await AddOrganizationAsync("Fabrikam");
        await AddOrganizationAsync("Contoso");
        Time.Advance(Pace);

        list.WaitForAssertion(() => Assert.Equal("2 new", list.Find(TestId("new-activities")).TextContent));
        Assert.Equal(before, Sentences(list));
        Assert.Equal("status", list.Find(TestId("new-activities")).ParentElement!.GetAttribute("role"));
        await list.Find(TestId("new-activities")).ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("Ada Lind added the organization Contoso", Sentences(list)[0]));
        Assert.Empty(list.FindAll(TestId("new-activities")));
    }

    [Fact]
    public async Task What_does_not_match_the_filters_is_not_announced_as_new()
    {
        ReaderIsAtTheTop(false);
        var list = List("result=refused");

        await AddOrganizationAsync("Fabrikam");
        Time.Advance(Pace);
        await RefuseAsync("No.");
        Time.Advance(Pace);

        list.WaitForAssertion(() => Assert.Equal("1 new", list.Find(TestId("new-activities")).TextContent));
    }

    [Fact]
    public async Task While_it_is_paused_nothing_moves_and_resuming_shows_what_came()
    {
        ReaderIsAtTheTop(true);
        var list = List();
        await list.Find(TestId("pause")).ClickAsync();
        var before = Sentences(list);

        await AddOrganizationAsync("Fabrikam");
        Time.Advance(Pace);
        list.WaitForAssertion(() => Assert.Equal("1 new", list.Find(TestId("new-activities")).TextContent));

        Assert.Equal(before, Sentences(list));
        Assert.Equal("Paused", list.Find(TestId("live-state")).TextContent);
        await list.Find(TestId("pause")).ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("Ada Lind added the organization Fabrikam", Sentences(list)[0]));
    }

    [Fact]
    public async Task A_name_with_markup_is_shown_as_it_is_written()
    {
        await AddOrganizationAsync("<img src=x onerror=alert(1)>");

        var list = List();

        Assert.Equal("Ada Lind added the organization <img src=x onerror=alert(1)>", Sentences(list)[0]);
        Assert.Empty(list.FindAll("img"));
    }

    [Fact]
    public async Task A_line_opens_the_panel_and_its_address_keeps_the_filters()
    {
        await AddOrganizationAsync("Fabrikam");
        var list = List("kind=organizations");

        Navigation.NavigateTo(list.Find(TestId("activity")).GetAttribute("href")!);

        list.WaitForAssertion(() =>
            Assert.Equal("Ada Lind added the organization Fabrikam", list.Find(TestId("activity-sentence")).TextContent)
        );
        Assert.Contains("kind=organizations", Navigation.Uri, StringComparison.Ordinal);
        await list.Find(TestId("close-drawer")).ClickAsync();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(TestId("activity-drawer"))));
        Assert.EndsWith("/activities?kind=organizations", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_panel_shows_values_before_and_after()
    {
        var id = await AddOrganizationAsync("Fabrikam");
        Installation.Done(
            await Get<OrganizationDirectory>()
                .ChangeAsync(
                    id,
                    new OrganizationInput { Name = "Tailspin" },
                    new OrganizationInput { Name = "Fabrikam" },
                    Administrator,
                    CancellationToken.None
                )
        );
        var newest = (await Get<ActivityLog>().ListAsync(Actor.System, new ActivityFilter(), 1, CancellationToken.None))[0];

        var list = List($"activity={newest.Id}&view=changes");

        list.WaitForAssertion(() => Assert.Single(list.FindAll(TestId("changed-value"))));
        var change = list.Find(TestId("changed-value"));
        Assert.Equal("name", change.QuerySelector("h3")!.TextContent);
        Assert.Equal("Fabrikam", change.QuerySelector(".changed-before")!.TextContent);
        Assert.Equal("Tailspin", change.QuerySelector(".changed-after")!.TextContent);
    }

    [Fact]
    public async Task The_panel_of_a_refusal_names_the_request_and_says_what_to_do()
    {
        await RefuseAsync("userType \"Member\" is not allowed.");
        var newest = (await Get<ActivityLog>().ListAsync(Actor.System, new ActivityFilter(), 1, CancellationToken.None))[0];

        var list = List($"activity={newest.Id}");

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("activity-summary"))));
        Assert.Contains("POST /scim/v2/k3v9q2mh7t12/Users", list.Find(TestId("activity-summary")).TextContent, StringComparison.Ordinal);
        Assert.Equal("request-1", list.Find($"{TestId("activity-request-id")} {TestId("copy-value")}").TextContent);
        Navigation.NavigateTo($"/activities?activity={newest.Id}&view=advice");
        list.WaitForAssertion(() => Assert.Contains("mapping", list.Find(TestId("activity-advice")).TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("j999999")]
    [InlineData("x1")]
    [InlineData("<script>")]
    public void An_activity_that_does_not_exist_is_said_to_be_gone(string id)
    {
        var list = List($"activity={Uri.EscapeDataString(id)}");

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("activity-gone"))));
    }

    private static List<string> Sentences(IRenderedComponent<ActivityList> list) =>
        [.. list.FindAll($"tbody {TestId("activity")}").Select(link => link.TextContent)];

    private void ReaderIsAtTheTop(bool atTop)
    {
        var module = JSInterop.SetupModule("./js/activities.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("isAtTop", _ => true).SetResult(atTop);
    }

    private IRenderedComponent<ActivityList> List(string query = "")
    {
        Navigation.NavigateTo($"/activities?{query}");
        var list = Render<ActivityList>();
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("list-count"))));
        return list;
    }

    private async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await Get<OrganizationDirectory>().CreateAsync(new OrganizationInput { Name = name }, Administrator, CancellationToken.None)
        );

    private async Task<Guid> AddProviderAsync(string name, string domain) => (await Directory.AddProviderAsync(name, domain)).Id;

    private async Task RefuseAsync(string detail, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            Get<SecurityLog>()
                .Record(
                    new Refused(SecurityCause.ScimRefused, detail, "request-1")
                    {
                        Request = "POST /scim/v2/k3v9q2mh7t12/Users",
                        Status = 400,
                    }
                );
        }

        await Get<SecurityLog>().FlushAsync(CancellationToken.None);
    }
}
