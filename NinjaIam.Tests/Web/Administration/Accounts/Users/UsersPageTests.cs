using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class UsersPageTests : AdministrationTestContext
{
    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Every_person_stands_there_with_where_they_came_from()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, user => user.Kind = AccountKind.Technician);

        var page = Page();

        Assert.Equal(["ada@example.com", "bob@contoso.com"], Names(page));
        Assert.Equal(["Manual", "SCIM (Contoso)"], page.FindAll($"tbody {TestId("source")}").Select(cell => cell.TextContent));
        Assert.Equal(
            $"/administration/accounts/users/{id}",
            page.FindAll($"tbody {TestId("user")}").Single(link => link.TextContent == "bob@contoso.com").GetAttribute("href")
        );
        Assert.Equal("2 users", page.Find(TestId("list-count")).TextContent);
    }

    [Theory]
    [InlineData("q=BOB", "bob@contoso.com")]
    [InlineData("state=inactive", "carol@contoso.com")]
    [InlineData("kind=technician", "bob@contoso.com")]
    [InlineData("kind=administrator", "ada@example.com")]
    [InlineData("provider=manual", "ada@example.com")]
    [InlineData("state=active&kind=endUser", "dan@contoso.com")]
    public async Task Filters_in_the_address_narrow_the_list(string query, string name)
    {
        var contoso = await Directory.AddProviderAsync();
        await Directory.AddPersonAsync("bob@contoso.com", contoso, user => user.Kind = AccountKind.Technician);
        await Directory.AddPersonAsync("carol@contoso.com", contoso, user => user.Active = false);
        await Directory.AddPersonAsync("dan@contoso.com", contoso);

        var page = Page(query);

        Assert.Equal([name], Names(page));
    }

    [Fact]
    [Proves("rule-51")]
    public void Whether_somebody_has_a_second_factor_and_since_when_a_password_are_columns_as_well()
    {
        var page = Page("columns=accepted,mfa,passwordReset");

        Assert.Equal(["User name", "Invitation accepted date", "MFA status", "Password reset date"], Titles(page));
        var cells = page.FindAll("tbody td").Skip(1).Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["–", "Disabled"], cells.Take(2));
        Assert.NotEqual("–", cells[2]);
    }

    [Fact]
    [Proves("rule-51")]
    public async Task The_columns_are_those_of_the_product_and_others_are_chosen()
    {
        var contoso = await Directory.AddProviderAsync();
        await Directory.AddPersonAsync("bob@contoso.com", contoso, user => (user.Blocked, user.PhoneNumber) = (true, "030 1234"));
        var page = Page("q=bob");
        Assert.Equal(["User name", "Email", "Organization", "Role", "Source", "Status"], Titles(page));

        page = Page("q=bob&columns=type,access,invitation,phone,lastSignIn,created");

        Assert.Equal(["User name", "Type", "User access", "Email invitation", "Phone number", "Last sign-in", "Created"], Titles(page));
        Assert.Equal(
            ["bob@contoso.com", "End user", "Blocked", "Not required (SCIM)", "030 1234", "–"],
            page.FindAll("tbody td").Take(6).Select(cell => cell.TextContent.Trim())
        );
        var dialogs = RenderProviders();
        page.Find(TestId("export")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm")));
        dialogs.Find(TestId("confirm")).Click();
        dialogs.WaitForAssertion(() =>
            Assert.EndsWith(
                "/administration/accounts/users/export?q=bob&columns=type,access,invitation,phone,lastSignIn,created",
                Navigation.Uri,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task Who_signed_in_says_when()
    {
        await Get<Sessions>().StartAsync(Administrator.Actor.Id!.Value, Administrator, CancellationToken.None);
        Time.Advance(TimeSpan.FromHours(2));

        var page = Page("columns=lastSignIn");

        Assert.Equal("2 h ago", page.FindAll("tbody td")[1].TextContent.Trim());
    }

    [Fact]
    public async Task A_provider_is_chosen_by_its_unique_identifier()
    {
        var contoso = await Directory.AddProviderAsync();
        var fabrikam = await Directory.AddProviderAsync("Fabrikam", "fabrikam.com");
        await Directory.AddPersonAsync("bob@contoso.com", contoso);
        await Directory.AddPersonAsync("fay@fabrikam.com", fabrikam);

        var page = Page($"provider={fabrikam.UniqueIdentifier}");

        Assert.Equal(["fay@fabrikam.com"], Names(page));
    }

    [Fact]
    public async Task A_group_in_the_address_shows_its_members_and_can_be_cleared()
    {
        var contoso = await Directory.AddProviderAsync();
        var bob = await Directory.AddPersonAsync("bob@contoso.com", contoso);
        await Directory.AddPersonAsync("dan@contoso.com", contoso);
        var group = await Directory.AddGroupAsync("Helpdesk-L1", contoso, bob);

        var page = Page($"group={group}");

        Assert.Equal(["bob@contoso.com"], Names(page));
        await page.Find(TestId("filter-group")).ChangeAsync("");
        page.WaitForAssertion(() => Assert.Equal(3, Names(page).Count));
        Assert.Empty(Page().FindAll(TestId("filter-group")));
    }

    [Fact]
    public void A_search_without_a_match_says_so_and_is_cleared_with_one_button()
    {
        var page = Page("q=nobody");

        Assert.Contains("No users match your filters.", page.Find(TestId("list-no-match")).TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(TestId("clear-filters")));
    }

    [Fact]
    public async Task Somebody_who_arrives_appears_by_themselves()
    {
        var contoso = await Directory.AddProviderAsync();
        var page = Page();

        await Directory.AddPersonAsync("bob@contoso.com", contoso);
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("bob@contoso.com", Names(page)));
    }

    [Fact]
    public async Task A_name_with_markup_is_shown_as_it_is_written()
    {
        var contoso = await Directory.AddProviderAsync("<i>Contoso</i>", "contoso.com");
        await Directory.AddPersonAsync("<script>alert(1)</script>", contoso);

        var page = Page("q=script");

        Assert.Equal(["<script>alert(1)</script>"], Names(page));
        Assert.Equal("SCIM (<i>Contoso</i>)", page.Find(TestId("source")).TextContent);
        Assert.Empty(page.FindAll("script, i"));
    }

    private static List<string> Titles(IRenderedComponent<UsersPage> page) =>
        [.. page.FindAll("th").Select(title => title.TextContent.Trim())];

    private static List<string> Names(IRenderedComponent<UsersPage> page) =>
        [.. page.FindAll($"tbody {TestId("user")}").Select(link => link.TextContent)];

    private IRenderedComponent<UsersPage> Page(string query = "")
    {
        Navigation.NavigateTo($"/administration/accounts/users?{query}");
        var page = Render<UsersPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-count"))));
        return page;
    }
}
