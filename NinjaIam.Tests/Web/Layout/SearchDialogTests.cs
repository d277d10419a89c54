using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Layout;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Web.Layout;

public sealed class SearchDialogTests : AdministrationTestContext
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private IRenderedComponent<IComponent>? _shown;

    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task It_asks_after_a_pause_and_says_how_much_it_found()
    {
        await Directory.AddPersonAsync("bob@example.com");
        await OpenAsync();
        Assert.Contains("at least two characters", Status, StringComparison.Ordinal);

        var first = TypeAsync("zz");
        var second = TypeAsync("bob@");
        Assert.Empty(Results);
        Time.Advance(TypingPause);
        await Task.WhenAll(first, second);

        Dialogs.WaitForAssertion(() => Assert.Equal(["bob@example.com"], Results));
        Assert.StartsWith("1 result.", Status, StringComparison.Ordinal);
        Assert.Equal("status", Dialogs.Find(TestId("search-status")).GetAttribute("role"));
        Assert.Equal("People", Dialogs.Find("[role=listbox] [role=group]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Arrows_choose_and_Enter_opens()
    {
        await Directory.AddPersonAsync("bob@example.com");
        var second = await Directory.AddPersonAsync("bobby@example.com");
        await OpenAsync();
        await FindAsync("bob");
        Assert.Equal("search-result-0", Active);

        await PressAsync("ArrowDown");
        Assert.Equal("search-result-1", Active);
        await PressAsync("ArrowDown");
        Assert.Equal("search-result-0", Active);
        await PressAsync("ArrowUp");
        Assert.Equal("true", Dialogs.Find("#search-result-1").GetAttribute("aria-selected"));
        Assert.Equal("false", Dialogs.Find("#search-result-0").GetAttribute("aria-selected"));
        await PressAsync("Enter");

        Assert.EndsWith($"/administration/accounts/users/{second}", Navigation.Uri, StringComparison.Ordinal);
        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("search-dialog"))));
    }

    [Fact]
    public async Task Enter_before_the_pause_is_over_opens_what_was_typed()
    {
        await Directory.AddPersonAsync("amy@example.com");
        var bob = await Directory.AddPersonAsync("bob@example.com");
        await OpenAsync();
        await FindAsync("amy");

        var typing = TypeAsync("bob@example");
        await PressAsync("Enter");
        await typing;

        Assert.EndsWith($"/administration/accounts/users/{bob}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_providers_roles_and_requests_lead_where_they_are_shown()
    {
        var contoso = await Directory.AddProviderAsync();
        await OpenAsync();
        await FindAsync("contoso");
        await Dialogs.Find(TestId("search-result")).ClickAsync();
        Assert.EndsWith(
            $"/administration/accounts/identity-providers/{contoso.UniqueIdentifier}",
            Navigation.Uri,
            StringComparison.Ordinal
        );

        await OpenAsync();
        await FindAsync("all us");
        Assert.Equal(["All users"], Results);
        await PressAsync("Enter");
        Assert.EndsWith("/administration/accounts/users", Navigation.Uri, StringComparison.Ordinal);

        var created = (await Get<ActivityLog>().ListAsync(Administrator.Actor, new ActivityFilter(), 1, CancellationToken.None))[0];
        await OpenAsync();
        await FindAsync(created.RequestId);
        Assert.Contains("Ada Lind", Results[0], StringComparison.Ordinal);
        await PressAsync("Enter");
        Assert.EndsWith($"/activities?q={created.RequestId}&activity={created.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_said_with_the_text_as_it_was_typed()
    {
        await OpenAsync();
        await FindAsync("<b>nobody</b>");

        Assert.Equal("Nothing matches “<b>nobody</b>”.", Status);
        Assert.Empty(Dialogs.FindAll("b"));
        Assert.Equal("false", Dialogs.Find(TestId("search-text")).GetAttribute("aria-expanded"));
        await PressAsync("Enter");
        Assert.NotEmpty(Dialogs.FindAll(TestId("search-dialog")));
    }

    [Fact]
    public async Task Less_than_two_characters_ask_nothing()
    {
        await OpenAsync();
        await FindAsync("ada");
        Assert.NotEmpty(Results);

        await FindAsync("a");

        Dialogs.WaitForAssertion(() => Assert.Empty(Results));
        Assert.Contains("at least two characters", Status, StringComparison.Ordinal);
    }

    private List<string> Results =>
        [.. Dialogs.FindAll($"{TestId("search-result")} .search-result-name").Select(result => result.TextContent)];

    private string Status => Dialogs.Find(TestId("search-status")).TextContent;

    private string? Active => Dialogs.Find(TestId("search-text")).GetAttribute("aria-activedescendant");

    private IRenderedComponent<IComponent> Dialogs => _shown ??= RenderProviders();

    private async Task OpenAsync()
    {
        var dialogs = Dialogs;
        await Render<SearchButton>().Find(TestId("open-search")).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll(TestId("search-dialog"))));
    }

    private Task TypeAsync(string text) => Dialogs.Find(TestId("search-text")).InputAsync(text);

    private async Task FindAsync(string text)
    {
        var typing = TypeAsync(text);
        Time.Advance(TypingPause);
        await typing;
    }

    private Task PressAsync(string key) => Dialogs.Find(TestId("search-text")).KeyDownAsync(new KeyboardEventArgs { Key = key });
}
