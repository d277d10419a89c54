using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Groups;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.Groups;

public sealed class GroupPagesTests : AdministrationTestContext
{
    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Every_group_stands_there_with_its_provider_and_how_many_are_in_it()
    {
        var contoso = await Directory.AddProviderAsync();
        var bob = await Directory.AddPersonAsync("bob@contoso.com", contoso);
        var id = await Directory.AddGroupAsync("Helpdesk-L1", contoso, bob);

        var page = List();

        Assert.Equal($"/administration/accounts/groups/{id}", page.Find(TestId("group")).GetAttribute("href"));
        Assert.Equal("Helpdesk-L1", page.Find(TestId("group")).TextContent);
        Assert.Equal("Contoso", page.Find(TestId("group-provider")).TextContent);
        Assert.Equal("1", page.Find(TestId("group-members")).TextContent);
        Assert.Equal("1 group", page.Find(TestId("list-count")).TextContent);
    }

    [Fact]
    public async Task Search_and_provider_narrow_the_list()
    {
        var contoso = await Directory.AddProviderAsync();
        var fabrikam = await Directory.AddProviderAsync("Fabrikam", "fabrikam.com");
        await Directory.AddGroupAsync("Helpdesk-L1", contoso);
        await Directory.AddGroupAsync("Helpdesk-L2", fabrikam);
        await Directory.AddGroupAsync("Finance", fabrikam);

        Assert.Equal(["Helpdesk-L1", "Helpdesk-L2"], Names(List("q=helpdesk")));
        Assert.Equal(["Finance", "Helpdesk-L2"], Names(List($"provider={fabrikam.UniqueIdentifier}")));
        Assert.NotEmpty(List("q=nothing").FindAll(TestId("list-no-match")));
    }

    [Fact]
    public void Without_groups_the_page_says_where_they_come_from()
    {
        var page = List();

        Assert.Contains("when an identity provider sends them", page.Find(TestId("list-empty")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_arrives_appears_by_itself()
    {
        var contoso = await Directory.AddProviderAsync();
        var page = List();

        await Directory.AddGroupAsync("<u>Helpdesk</u>", contoso);
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(["<u>Helpdesk</u>"], Names(page)));
        Assert.Empty(page.FindAll("u"));
    }

    [Fact]
    public async Task A_groups_page_lists_its_members_and_leads_to_them()
    {
        var contoso = await Directory.AddProviderAsync();
        var bob = await Directory.AddPersonAsync("bob@contoso.com", contoso);
        var carol = await Directory.AddPersonAsync("carol@contoso.com", contoso, user => user.Active = false);
        await Directory.AddPersonAsync("dan@contoso.com", contoso);
        var id = await Directory.AddGroupAsync("Helpdesk-L1", contoso, bob, carol);

        var page = Details(id);

        page.WaitForAssertion(() =>
            Assert.Equal(
                ["bob@contoso.com", "carol@contoso.com"],
                page.FindAll($"tbody {TestId("member")}").Select(link => link.TextContent)
            )
        );
        Assert.Equal($"/administration/accounts/users/{bob}", page.Find(TestId("member")).GetAttribute("href"));
        Assert.Equal("2 members", page.Find(TestId("list-count")).TextContent);
        Assert.Equal("Managed by Contoso", page.Find(TestId("managed-by")).TextContent.Trim());
    }

    [Fact]
    public async Task A_groups_page_keeps_its_activities_apart()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddGroupAsync("Helpdesk-L1", contoso);

        var page = Details(id, "?tab=activities");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-empty"))));
    }

    [Fact]
    public void A_group_that_does_not_exist_is_not_found_and_there_is_a_way_on()
    {
        var page = Details(Guid.NewGuid());

        Assert.Equal("Group not found", page.Find("h1").TextContent);
        Assert.Equal("/administration/accounts/groups", page.Find($"{TestId("group-not-found")} a").GetAttribute("href"));
    }

    private static List<string> Names(IRenderedComponent<GroupsPage> page) =>
        [.. page.FindAll($"tbody {TestId("group")}").Select(link => link.TextContent)];

    private IRenderedComponent<GroupsPage> List(string query = "")
    {
        Navigation.NavigateTo($"/administration/accounts/groups?{query}");
        var page = Render<GroupsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-count"))));
        return page;
    }

    private IRenderedComponent<GroupPage> Details(Guid id, string query = "")
    {
        Navigation.NavigateTo($"/administration/accounts/groups/{id}{query}");
        var page = Render<GroupPage>(parameters => parameters.Add(p => p.Id, id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        return page;
    }
}
