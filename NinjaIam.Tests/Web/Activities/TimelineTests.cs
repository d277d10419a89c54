using Bunit;
using Microsoft.AspNetCore.Components;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Groups;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

/// <summary>The tab Activities of a person and of a group, filled over HTTP.</summary>
public sealed class TimelineTests : EndpointTestContext
{
    [Fact]
    public async Task A_persons_page_tells_what_happened_to_that_person_alone()
    {
        var bob = await Contoso.AddUserAsync("bob@contoso.com");
        var carol = await Contoso.AddUserAsync("carol@contoso.com");
        await Contoso.PatchAsync($"/Users/{bob}", """{"op":"replace","path":"active","value":false}""");
        await Contoso.PatchAsync($"/Users/{carol}", """{"op":"replace","path":"title","value":"Engineer"}""");

        var page = PageOfUser(bob);

        page.WaitForAssertion(() =>
            Assert.Equal(["deactivated bob@contoso.com", "added bob@contoso.com"], Sentences(page).Select(WithoutActor))
        );
        Assert.Empty(page.FindAll(TestId("filter-provider")));
        Assert.Empty(page.FindAll(TestId("filter-kind")));
        Assert.NotEmpty(page.FindAll(TestId("filter-since")));
    }

    [Fact]
    public async Task A_groups_page_tells_who_came_and_who_left()
    {
        var bob = await Contoso.AddUserAsync("bob@contoso.com");
        var group = await Contoso.AddGroupAsync("Help desk", bob);
        await Contoso.AddGroupAsync("Finance", bob);
        await Contoso.PatchAsync($"/Groups/{group}", $$"""{"op":"remove","path":"members[value eq \"{{bob}}\"]"}""");

        var page = PageOfGroup(group);

        page.WaitForAssertion(() =>
            Assert.Equal(
                ["removed bob@contoso.com from Help desk", "added bob@contoso.com to Help desk", "added the group Help desk"],
                Sentences(page).Select(WithoutActor)
            )
        );
    }

    [Fact]
    public async Task A_line_opens_the_panel_beside_the_timeline_and_the_address_holds_both()
    {
        var bob = await Contoso.AddUserAsync("bob@contoso.com");
        await Host.LoggedAsync(await Contoso.PatchAsync($"/Users/{bob}", """{"op":"replace","path":"active","value":"False"}"""));
        var page = PageOfUser(bob, "&since=24h");
        page.WaitForAssertion(() => Assert.Equal(2, Sentences(page).Count));

        Navigation.NavigateTo(page.Find(TestId("activity")).GetAttribute("href")!);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("activity-drawer"))));
        Assert.Contains($"/users/{bob}?tab=activities&since=24h&activity=j", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(2, Sentences(page).Count);
        await page.Find(TestId("close-drawer")).ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("activity-drawer"))));
        Assert.EndsWith($"/users/{bob}?tab=activities&since=24h", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_with_an_open_panel_opens_it_at_its_tab()
    {
        var bob = await Contoso.AddUserAsync("bob@contoso.com");
        var patch = await Contoso.PatchAsync($"/Users/{bob}", """{"op":"replace","path":"active","value":"False"}""");
        await Host.LoggedAsync(patch);
        var newest = (await Host.ActivitiesAsync())[0];

        var page = PageOfUser(bob, $"&activity={newest.Id}&view=response");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("activity-response"))));
        Assert.Equal("200 OK", page.Find($"{TestId("response-status")} dd").TextContent.Trim());
    }

    private static string WithoutActor(string sentence) => sentence[(sentence.IndexOf(") ", StringComparison.Ordinal) + 2)..];

    private static List<string> Sentences<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent => [.. page.FindAll($"tbody {TestId("activity")}").Select(link => link.TextContent)];

    private IRenderedComponent<UserPage> PageOfUser(string id, string query = "") =>
        Open<UserPage>(
            $"/administration/accounts/users/{id}?tab=activities{query}",
            parameters => parameters.Add(page => page.Id, Guid.Parse(id))
        );

    private IRenderedComponent<GroupPage> PageOfGroup(string id) =>
        Open<GroupPage>(
            $"/administration/accounts/groups/{id}?tab=activities",
            parameters => parameters.Add(page => page.Id, Guid.Parse(id))
        );
}
