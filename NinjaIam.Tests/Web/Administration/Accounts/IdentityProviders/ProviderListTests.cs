using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class ProviderListTests : ProviderTestContext
{
    [Fact]
    public void Without_providers_the_list_says_what_belongs_here_and_offers_to_add_one()
    {
        var page = OpenPage<IdentityProvidersPage>(ProviderAddress.List);

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("list-empty"))));
        Assert.Equal(ProviderAddress.Add, page.Find(TestId("add-first-provider")).GetAttribute("href"));
        Assert.Equal(ProviderAddress.Add, page.Find(TestId("add-provider")).GetAttribute("href"));
    }

    [Fact]
    public async Task A_row_shows_both_states_the_token_and_the_last_request()
    {
        var contoso = await AddProviderAsync();
        await AddProviderAsync(Samples.Provider("Northwind", "northwind.com", Vendor.Okta), withMetadata: false);
        Use(await EnableAsync(contoso));

        var page = OpenPage<IdentityProvidersPage>(ProviderAddress.List);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(TestId("list-row")).Count));
        var (first, second) = (page.FindAll(TestId("list-row"))[0], page.FindAll(TestId("list-row"))[1]);
        Assert.Equal("Contoso", first.QuerySelector(TestId("provider-link"))!.TextContent);
        Assert.Equal(ProviderAddress.Of(contoso), first.QuerySelector(TestId("provider-link"))!.GetAttribute("href"));
        Assert.Equal("Configured", first.QuerySelector(TestId("sso-chip"))!.TextContent);
        Assert.Equal("Active", first.QuerySelector(TestId("scim-chip"))!.TextContent);
        Assert.Equal("in 181 days", first.QuerySelector(TestId("token-expires"))!.TextContent);
        Assert.Equal("just now", first.QuerySelector(TestId("last-request"))!.TextContent);
        Assert.Equal("Not configured", second.QuerySelector(TestId("sso-chip"))!.TextContent);
        Assert.Equal("Not enabled", second.QuerySelector(TestId("scim-chip"))!.TextContent);
        Assert.Equal("–", second.QuerySelector(TestId("token-expires"))!.TextContent);
        Assert.Equal("2 providers", page.Find(TestId("list-count")).TextContent);
    }

    [Theory]
    [InlineData("q=northwind.com", "Northwind")]
    [InlineData("vendor=microsoftEntraId", "Contoso")]
    [InlineData("state=waitingForFirstRequest", "Contoso")]
    [InlineData("sso=notConfigured", "Northwind")]
    public async Task The_list_is_searched_and_filtered_by_its_address(string query, string found)
    {
        await EnableAsync(await AddProviderAsync());
        await AddProviderAsync(Samples.Provider("Northwind", "northwind.com", Vendor.Okta), withMetadata: false);

        var page = OpenPage<IdentityProvidersPage>($"{ProviderAddress.List}?{query}");

        page.WaitForAssertion(() => Assert.Equal(found, Assert.Single(page.FindAll($"table {TestId("provider-link")}")).TextContent));
    }

    [Fact]
    public async Task Sorting_happens_on_the_server()
    {
        await AddProviderAsync();
        await AddProviderAsync(Samples.Provider("Northwind", "northwind.com"));

        var page = OpenPage<IdentityProvidersPage>($"{ProviderAddress.List}?sort=-name");

        page.WaitForAssertion(() =>
            Assert.Equal(["Northwind", "Contoso"], page.FindAll($"table {TestId("provider-link")}").Select(link => link.TextContent))
        );
    }

    [Fact]
    public async Task No_match_differs_from_an_empty_list()
    {
        await AddProviderAsync();

        var page = OpenPage<IdentityProvidersPage>($"{ProviderAddress.List}?q=nobody");

        page.WaitForAssertion(() =>
            Assert.Contains(
                "No identity providers match your filters.",
                page.Find(TestId("list-no-match")).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Empty(page.FindAll(TestId("list-empty")));
    }

    [Fact]
    public async Task A_provider_added_elsewhere_appears_by_itself()
    {
        var page = OpenPage<IdentityProvidersPage>(ProviderAddress.List);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("list-empty"))));

        await AddProviderAsync();
        Time.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("list-row"))));
    }

    [Fact]
    public async Task A_draft_stands_above_the_list_and_continues_where_it_was_left()
    {
        var draft = await StartDraftAsync(new ProviderInput { Vendor = Vendor.Okta, Domains = ["tailspin.com"] });
        Time.Advance(TimeSpan.FromHours(2));

        var page = OpenPage<IdentityProvidersPage>(ProviderAddress.List);

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("draft"))));
        Assert.Contains(
            "Draft: \"tailspin.com\", started by you 2 h ago",
            page.Find(TestId("draft")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(ProviderAddress.Step(draft, AddProviderStep.Details), page.Find(TestId("continue-draft")).GetAttribute("href"));
    }

    [Fact]
    public async Task Discarding_a_draft_asks_first()
    {
        await StartDraftAsync(new ProviderInput { Vendor = Vendor.Okta });
        var page = OpenPage<IdentityProvidersPage>(ProviderAddress.List);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("draft"))));

        page.Find(TestId("discard-draft")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        Assert.Single(await Get<ProviderDrafts>().ListAsync(Administrator.Actor, CancellationToken.None));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("draft"))));
        Assert.Empty(await Get<ProviderDrafts>().ListAsync(Administrator.Actor, CancellationToken.None));
    }

    [Fact]
    [Proves("rule-16", "rule-55")]
    public async Task The_second_tab_lists_live_tokens_and_those_that_end_first_come_first()
    {
        var contoso = await AddProviderAsync();
        var northwind = await AddProviderAsync(Samples.Provider("Northwind", "northwind.com"));
        await EnableAsync(northwind);
        Time.Advance(TimeSpan.FromDays(10));
        await EnableAsync(contoso, confirmed: false);

        var page = OpenPage<IdentityProvidersPage>($"{ProviderAddress.List}?tab=tokens");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(TestId("list-row")).Count));
        Assert.Contains("Northwind", page.FindAll(TestId("list-row"))[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Ada Lind", page.FindAll(TestId("list-row"))[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Contoso", page.FindAll(TestId("list-row"))[1].TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> StartDraftAsync(ProviderInput input)
    {
        var drafts = Get<ProviderDrafts>();
        var id = Installation.Done(await drafts.StartAsync(Administrator, CancellationToken.None));
        Installation.Done(await drafts.KeepAsync(id, new ProviderDraftContent { Input = input }, Administrator, CancellationToken.None));
        return id;
    }
}
