using Bunit;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class RowActionsTests : PortalTestContext
{
    [Fact]
    public async Task Escape_closes_a_menu_that_was_opened_by_a_click()
    {
        var providers = RenderProviders();
        var actions = Render<RowActions>(parameters => parameters.Add(row => row.Label, "Actions for Ada").AddChildContent("Edit"));
        await actions.Find("button").ClickAsync();
        providers.WaitForAssertion(() => Assert.NotEmpty(providers.FindAll(".mud-popover-open")));

        await actions.Find("button").KeyDownAsync("Escape");

        providers.WaitForAssertion(() => Assert.Empty(providers.FindAll(".mud-popover-open")));
    }

    [Fact]
    public async Task The_menu_is_closed_before_its_entry_works_so_that_it_does_not_stand_beside_a_dialog()
    {
        var providers = RenderProviders();
        var answer = new TaskCompletionSource();
        var actions = Render<RowActions>(parameters =>
            parameters
                .Add(row => row.Label, "Actions for Ada")
                .AddChildContent<RowAction>(entry =>
                    entry.Add(action => action.OnClick, () => answer.Task).Add(action => action.TestId, "edit").AddChildContent("Edit")
                )
        );
        await actions.Find("button").ClickAsync();

        var working = providers.WaitForElement(TestId("edit")).ClickAsync();

        providers.WaitForAssertion(() => Assert.Empty(providers.FindAll(".mud-popover-open")));
        Assert.False(working.IsCompleted);
        answer.SetResult();
        await working;
    }
}
