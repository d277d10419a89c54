using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class PageTabsTests : PortalTestContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_first_tab_is_open_where_the_address_names_none()
    {
        var tabs = Open("/page");

        Assert.Equal("Overview", tabs.Find("[role=tab][aria-selected=true]").TextContent);
        Assert.Equal("The overview.", tabs.Find("[role=tabpanel]").TextContent);
    }

    [Fact]
    public void A_tab_is_opened_by_the_address_and_stands_in_it_when_it_is_chosen()
    {
        var tabs = Open("/page?tab=users&page=3");
        Assert.Equal("The users.", tabs.Find("[role=tabpanel]").TextContent);

        tabs.Find(TestId("tab-settings")).Click();

        Assert.EndsWith("/page?tab=settings", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("The settings.", tabs.Find("[role=tabpanel]").TextContent);

        tabs.Find(TestId("tab-overview")).Click();

        Assert.EndsWith("/page", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_open_tab_is_in_the_tab_order_and_names_its_panel()
    {
        var tabs = Open("/page?tab=users");

        Assert.Equal(["-1", "0", "-1"], tabs.FindAll("[role=tab]").Select(tab => tab.GetAttribute("tabindex")));
        var open = tabs.Find(TestId("tab-users"));
        var panel = tabs.Find("[role=tabpanel]");
        Assert.Equal(panel.Id, open.GetAttribute("aria-controls"));
        Assert.Equal(open.Id, panel.GetAttribute("aria-labelledby"));
    }

    private IRenderedComponent<PageTabs> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<PageTabs>(parameters =>
            parameters.Add(
                tabs => tabs.Tabs,
                [
                    new PageTab("overview", "Overview", Text("The overview.")),
                    new PageTab("users", "Users", Text("The users.")),
                    new PageTab("settings", "Settings", Text("The settings.")),
                ]
            )
        );
    }

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);
}
