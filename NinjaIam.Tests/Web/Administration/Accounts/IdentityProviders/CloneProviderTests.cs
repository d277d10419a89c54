using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class CloneProviderTests : ProviderTestContext
{
    [Fact]
    [Proves("rule-56")]
    public async Task The_menu_of_a_row_offers_to_clone_and_leads_to_the_details_of_a_draft()
    {
        var contoso = await AddProviderAsync(Samples.Provider(vendor: Vendor.Okta));
        var list = OpenPage<IdentityProvidersPage>(ProviderAddress.List);
        list.WaitForAssertion(() => Assert.Single(list.FindAll(TestId("list-row"))));
        await list.Find($"{TestId("list-row")} [aria-label='Actions for Contoso']").ClickAsync();
        var address = LinkOf(Dialogs.WaitForElement(TestId("clone-provider")));
        Assert.Equal(ProviderAddress.Clone(contoso), address);

        Navigation.NavigateTo(address);
        var page = Render<StartProviderPage>();

        page.WaitForAssertion(() => Assert.EndsWith("/details", Navigation.Uri, StringComparison.Ordinal));
        var draft = Assert.Single(await Get<ProviderDrafts>().ListAsync(Administrator.Actor, CancellationToken.None));
        Assert.Contains(draft.Id.ToString(), Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal((Vendor.Okta, ""), (draft.Content.Input.Vendor, draft.Content.Input.DisplayName));
    }

    [Fact]
    [Proves("rule-56")]
    public async Task The_page_of_a_provider_offers_to_clone_it()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso);

        await page.Find($"{TestId("page-actions")} button").ClickAsync();

        Assert.Equal(ProviderAddress.Clone(contoso), LinkOf(Dialogs.WaitForElement(TestId("clone-provider"))));
    }

    [Fact]
    public void A_provider_that_is_gone_is_not_cloned_and_the_page_says_so()
    {
        var page = OpenPage<StartProviderPage>(ProviderAddress.Clone("k3v9q2mh7tab"));

        page.WaitForAssertion(() =>
            Assert.Contains("does not exist any more", page.Find(TestId("notice")).TextContent, StringComparison.Ordinal)
        );
    }

    private static string LinkOf(AngleSharp.Dom.IElement entry) =>
        (entry.GetAttribute("href") ?? entry.QuerySelector("a")?.GetAttribute("href") ?? entry.Closest("a")?.GetAttribute("href"))!;
}
