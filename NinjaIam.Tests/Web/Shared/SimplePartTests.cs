using Bunit;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class SimplePartTests : PortalTestContext
{
    [Fact]
    public void A_status_chip_says_its_word_and_hides_its_icon_from_readers()
    {
        var chip = Render<StatusChip>(parameters => parameters.Add(c => c.Status, Statuses.Scim.WaitingForFirstRequest));

        Assert.Equal("Waiting for first request", chip.Find(TestId("status-chip")).TextContent.Trim());
        Assert.Contains("chip-info", chip.Find(TestId("status-chip")).ClassList);
        Assert.Equal("true", chip.Find("svg").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void A_name_without_spaces_may_be_broken_behind_its_signs_and_stays_the_same_text()
    {
        var name = Render<Breakable>(parameters => parameters.Add(b => b.Text, "ada.lind@contoso.com"));

        name.MarkupMatches("ada.<wbr>lind@<wbr>contoso.<wbr>com");
    }

    [Theory]
    [InlineData(StatusRole.Error, "alert")]
    [InlineData(StatusRole.Warning, "status")]
    public void A_notice_is_announced_as_urgently_as_it_is(StatusRole role, string announced)
    {
        var notice = Render<Notice>(parameters => parameters.Add(n => n.Role, role).Add(n => n.Title, "One.").Add(n => n.Text, "Two."));

        Assert.Equal(announced, notice.Find(TestId("notice")).GetAttribute("role"));
        Assert.Equal("One. Two.", notice.Find(".notice-text").TextContent.Trim());
    }

    [Fact]
    public void A_fact_without_a_value_shows_an_en_dash()
    {
        var fact = Render<Fact>(parameters => parameters.Add(f => f.Label, "Last request"));

        Assert.Equal("–", fact.Find("dd").TextContent.Trim());
    }

    [Fact]
    public void A_card_is_a_region_named_by_its_heading()
    {
        var card = Render<Card>(parameters => parameters.Add(c => c.Title, "Single sign-on"));

        var heading = card.Find("h2");
        Assert.Equal("Single sign-on", heading.TextContent);
        Assert.Equal(heading.Id, card.Find("section").GetAttribute("aria-labelledby"));
    }

    [Fact]
    public void A_page_header_has_one_heading_that_can_take_the_focus_and_leads_back_up()
    {
        var header = Render<PageHeader>(parameters =>
            parameters
                .Add(h => h.Title, "Contoso")
                .Add(h => h.Crumbs, [new Crumb("Administration"), new Crumb("Identity Providers", "/providers")])
        );

        Assert.Equal("-1", header.Find("h1").GetAttribute("tabindex"));
        Assert.Equal("/providers", header.Find("nav a").GetAttribute("href"));
        Assert.Equal("Contoso", header.Find("[aria-current=page]").TextContent);
    }

    [Fact]
    public void A_field_ties_its_label_its_help_and_its_error_to_the_input()
    {
        var input = Render<TextInput>(parameters =>
            parameters
                .Add(t => t.Label, "Display name")
                .Add(t => t.Helper, "As people know it.")
                .Add(t => t.Error, "This name is taken.")
                .Add(t => t.Optional, true)
        );

        var element = input.Find("input");
        Assert.Equal(element.Id, input.Find("label").GetAttribute("for"));
        Assert.Equal("Display name (optional)", input.Find("label").TextContent.Trim());
        Assert.Equal("true", element.GetAttribute("aria-invalid"));
        var described = element.GetAttribute("aria-describedby")!.Split(' ').Select(id => input.Find($"#{id}").TextContent);
        Assert.Equal(["This name is taken.", "As people know it."], described);
    }

    [Fact]
    public async Task A_pasted_list_becomes_one_chip_per_value_without_repeats()
    {
        IReadOnlyList<string> values = ["contoso.com"];
        var input = Render<ChipsInput>(parameters =>
            parameters.Add(c => c.Label, "Domains").Add(c => c.Values, values).Add(c => c.ValuesChanged, changed => values = changed)
        );

        await input.Find("input").InputAsync("contoso.de, Contoso.com; contoso.fr");

        Assert.Equal(["contoso.com", "contoso.de", "contoso.fr"], values);
    }

    [Fact]
    public async Task A_busy_button_ignores_a_second_click_and_says_what_it_does()
    {
        var work = new TaskCompletionSource();
        var clicks = 0;
        var button = Render<ActionButton>(parameters =>
            parameters
                .Add(
                    b => b.OnClick,
                    () =>
                    {
                        clicks++;
                        return work.Task;
                    }
                )
                .Add(b => b.BusyText, "Saving…")
                .AddChildContent("Save changes")
        );

        var first = button.Find("button").ClickAsync();
        await button.Find("button").ClickAsync();

        Assert.Equal(1, clicks);
        Assert.Equal("true", button.Find("button").GetAttribute("aria-disabled"));
        Assert.Equal("Saving…", button.Find(".button-busy-face").TextContent);
        Assert.Equal("Save changes", button.Find(".button-face").TextContent.Trim());
        work.SetResult();
        await first;
        Assert.Empty(button.FindAll(".button-busy-face"));
    }

    [Fact]
    public async Task A_disabled_button_can_be_reached_but_does_nothing()
    {
        var clicks = 0;
        var button = Render<ActionButton>(parameters =>
            parameters.Add(b => b.Disabled, true).Add(b => b.OnClick, () => clicks++).AddChildContent("Enable")
        );

        await button.Find("button").ClickAsync();

        Assert.Equal(0, clicks);
        Assert.False(button.Find("button").HasAttribute("disabled"));
    }
}
