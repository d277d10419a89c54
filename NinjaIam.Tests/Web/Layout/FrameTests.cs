using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Layout;
using Xunit;

namespace NinjaIam.Tests.Web.Layout;

public sealed class FrameTests : PortalTestContext
{
    [Fact]
    public void The_navigation_offers_the_pages_in_their_order()
    {
        AddAuthorization().SetAuthorized("ada@contoso.com").SetPolicies(Policies.SystemAdministrator);
        var navigation = Render<NavigationEntries>();

        Assert.Equal(
            [
                "Dashboard",
                "Identity Providers",
                "All users",
                "Groups",
                "Technician roles",
                "End user roles",
                "Organizations",
                "Settings",
                "Activities",
            ],
            navigation.FindAll("a").Select(entry => entry.TextContent.Trim())
        );
    }

    [Fact]
    public void The_account_menu_names_the_person_and_submits_the_forms_of_the_page()
    {
        var authorization = AddAuthorization();
        authorization.SetAuthorized("ada@contoso.com");
        authorization.SetClaims(new Claim("name", "Ada Lind"));

        var menu = Render<AccountMenu>();

        Assert.Equal("Ada Lind", menu.Find(TestId("account-name")).TextContent);
        Assert.Equal("Account of Ada Lind", menu.Find(TestId("account-menu-button")).GetAttribute("aria-label"));
        Assert.Equal("sign-out-form", menu.Find(TestId("sign-out")).GetAttribute("form"));
        Assert.Equal(["system", "light", "dark"], menu.FindAll("[form=appearance-form]").Select(entry => entry.GetAttribute("value")));
    }

    [Fact]
    public async Task The_list_of_shortcuts_opens_from_the_account_menu_and_single_keys_can_be_switched_off()
    {
        AddAuthorization().SetAuthorized("ada@contoso.com").SetPolicies(Policies.SystemAdministrator);
        var module = JSInterop.SetupModule("./js/shortcuts.js");
        module.Setup<bool>("singleKeysAreOn").SetResult(true);
        module.SetupVoid("turnSingleKeys", false).SetVoidResult();
        var (menu, dialogs) = (Render<AccountMenu>(), RenderProviders());

        await menu.Find(TestId("shortcuts")).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal(["Ctrl + K", "/", "?"], dialogs.FindAll("kbd").Take(3).Select(key => key.TextContent)));
        await dialogs.Find(TestId("single-keys")).ChangeAsync(false);

        dialogs.WaitForAssertion(() => Assert.Single(module.Invocations["turnSingleKeys"]));
        dialogs.WaitForAssertion(() => Assert.False(dialogs.Find(TestId("single-keys")).HasAttribute("checked")));
    }

    [Fact]
    public void Nobody_signed_in_means_no_account_menu()
    {
        AddAuthorization().SetNotAuthorized();

        Assert.Empty(Render<AccountMenu>().FindAll("button"));
    }

    [Fact]
    public void A_notice_of_the_installation_appears_on_open_pages_and_can_be_withdrawn()
    {
        var notice = Services.GetRequiredService<InstallationNotice>();
        var bar = Render<InstallationNoticeBar>();

        notice.Show("Demonstration data.");
        notice.Show("Demonstration data.");
        bar.WaitForAssertion(() =>
            Assert.Equal("Demonstration data.", Assert.Single(bar.FindAll(TestId("installation-notice"))).TextContent)
        );
        notice.Withdraw("Demonstration data.");

        bar.WaitForAssertion(() => Assert.Empty(bar.FindAll(TestId("installation-notice"))));
    }

    [Fact]
    public void The_narrow_navigation_opens_and_closes()
    {
        AddAuthorization().SetAuthorized("ada@contoso.com").SetPolicies(Policies.SystemAdministrator);
        var layout = Render<MainLayout>();
        Assert.Equal("false", layout.Find(TestId("open-navigation")).GetAttribute("aria-expanded"));

        layout.Find(TestId("open-navigation")).Click();
        Assert.Equal("true", layout.Find(TestId("open-navigation")).GetAttribute("aria-expanded"));
        layout.Find(TestId("navigation-backdrop")).Click();

        Assert.Equal("false", layout.Find(TestId("open-navigation")).GetAttribute("aria-expanded"));
    }
}
