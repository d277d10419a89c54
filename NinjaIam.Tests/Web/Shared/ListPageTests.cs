using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class ListPageTests : PortalTestContext
{
    private static readonly string[] People = [.. Enumerable.Range(1, 60).Select(number => $"person{number:00}")];
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);

    private readonly List<ListQuery> _asked = [];

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_address_decides_what_is_asked_for()
    {
        Navigation.NavigateTo("/people?q=ada&state=active&sort=-name&page=2&size=50");

        List();

        var asked = Assert.Single(_asked);
        Assert.Equal(
            ("ada", "active", "name", true, 2, 50),
            (asked.Search, asked.Filter("state"), asked.Sort, asked.Descending, asked.Page, asked.Size)
        );
    }

    [Theory]
    [InlineData("state=made-up")]
    [InlineData("page=0")]
    [InlineData("page=-3")]
    [InlineData("size=100000")]
    [InlineData("page=99999999999")]
    public void Values_that_are_not_offered_are_not_handed_on(string query)
    {
        Navigation.NavigateTo($"/people?{query}");

        List();

        var asked = Assert.Single(_asked);
        Assert.Equal((1, 25, 0), (asked.Page, asked.Size, asked.Filters.Count));
    }

    [Fact]
    public async Task Typing_asks_once_after_a_pause_and_stands_in_the_address()
    {
        var list = List();

        var first = list.Find(TestId("list-search")).InputAsync("per");
        var second = list.Find(TestId("list-search")).InputAsync("person07");
        Assert.Single(_asked);
        Time.Advance(TypingPause);
        await Task.WhenAll(first, second);

        list.WaitForAssertion(() =>
            Assert.Equal("person07", Assert.Single(list.FindAll(TestId("list-row"))).QuerySelector("td")!.TextContent)
        );
        Assert.Equal([null, "person07"], _asked.Select(query => query.Search));
        Assert.EndsWith("/people?q=person07", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sorted_column_says_so_and_turns_around()
    {
        var list = List();

        await list.Find(TestId("sort-name")).ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("ascending", list.Find("th").GetAttribute("aria-sort")));
        await list.Find(TestId("sort-name")).ClickAsync();

        list.WaitForAssertion(() => Assert.Equal("descending", list.Find("th").GetAttribute("aria-sort")));
        Assert.EndsWith("?sort=-name", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pager_hides_what_leads_nowhere()
    {
        var list = List();
        Assert.Empty(list.FindAll(TestId("previous-page")));
        Assert.Equal("1–25 of 60", list.Find(TestId("page-range")).TextContent);

        await list.Find(TestId("last-page")).ClickAsync();

        list.WaitForAssertion(() => Assert.Equal("51–60 of 60", list.Find(TestId("page-range")).TextContent));
        Assert.Empty(list.FindAll(TestId("next-page")));
    }

    [Fact]
    public void A_page_behind_the_last_one_becomes_the_last_one()
    {
        Navigation.NavigateTo("/people?page=9");

        var list = List();

        list.WaitForAssertion(() => Assert.Equal("51–60 of 60", list.Find(TestId("page-range")).TextContent));
    }

    [Fact]
    public async Task No_match_offers_to_clear_the_filters_and_an_empty_list_does_not()
    {
        Navigation.NavigateTo("/people?q=nobody&state=active");
        var list = List();
        Assert.Empty(list.FindAll(TestId("list-empty")));

        await list.Find(TestId("clear-filters")).ClickAsync();

        list.WaitForAssertion(() => Assert.Equal(25, list.FindAll(TestId("list-row")).Count));
        Assert.EndsWith("/people", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_says_what_belongs_into_it()
    {
        var list = List((_, _) => Task.FromResult(new ListRows<string>([], 0)));

        Assert.Equal("People appear here.", list.Find(TestId("list-empty")).TextContent.Trim());
    }

    [Fact]
    public async Task A_failure_keeps_the_old_rows_and_trying_again_removes_it()
    {
        var fails = false;
        var list = List((query, token) => fails ? throw new InvalidOperationException("secret detail") : AnswerAsync(query, token));

        fails = true;
        await list.InvokeAsync(() => list.Instance.RefreshAsync());

        Assert.DoesNotContain("secret detail", list.Markup, StringComparison.Ordinal);
        Assert.Matches("request ID [0-9a-f]{20} in the log", list.Find(TestId("list-failed")).TextContent);
        Assert.Equal(25, list.FindAll(TestId("list-row")).Count);
        Assert.Contains("list-stale", list.Find(TestId("list")).ClassList);
        fails = false;
        await list.Find(TestId("try-again")).ClickAsync();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(TestId("list-failed"))));
    }

    [Fact]
    public void The_answer_to_an_older_question_is_never_shown()
    {
        var slow = new TaskCompletionSource<ListRows<string>>();
        var list = List((query, token) => query.Search is null ? slow.Task : AnswerAsync(query, token));

        Navigation.NavigateTo("/people?q=person07");
        list.WaitForAssertion(() => Assert.Single(list.FindAll(TestId("list-row"))));
        slow.SetResult(new ListRows<string>(People, People.Length));

        Assert.Equal("person07", Assert.Single(list.FindAll(TestId("list-row"))).QuerySelector("td")!.TextContent);
    }

    [Fact]
    public void Skeletons_appear_only_when_the_answer_takes_its_time()
    {
        var slow = new TaskCompletionSource<ListRows<string>>();
        var list = List((_, _) => slow.Task);
        Assert.Empty(list.FindAll(TestId("list-skeleton")));

        Time.Advance(TimeSpan.FromMilliseconds(150));

        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(TestId("list-skeleton"))));
        Assert.Equal("true", list.Find(TestId("list")).GetAttribute("aria-busy"));
        slow.SetResult(new ListRows<string>(People[..1], 1));
        list.WaitForAssertion(() => Assert.Equal("false", list.Find(TestId("list")).GetAttribute("aria-busy")));
    }

    private Task<ListRows<string>> AnswerAsync(ListQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var matching = People.Where(person => query.Search is null || person.Contains(query.Search, StringComparison.Ordinal)).ToList();
        return Task.FromResult(new ListRows<string>([.. matching.Skip(query.Skip).Take(query.Size)], matching.Count));
    }

    [Fact]
    public async Task A_list_that_goes_on_says_why_it_ends_and_goes_on_as_a_list_of_its_own()
    {
        var list = List(
            (query, _) =>
                Task.FromResult(
                    new ListRows<string>(
                        query.Start is null ? ["person01"] : ["person02"],
                        1,
                        query.Start is null ? new ListContinuation("person01", "Show older people", "The newest person is shown.") : null
                    )
                )
        );
        Assert.Contains("The newest person is shown.", list.Find(TestId("list-continuation")).TextContent, StringComparison.Ordinal);
        Assert.Empty(list.FindAll(TestId("list-beginning")));

        await list.Find(TestId("continue-list")).ClickAsync();

        list.WaitForAssertion(() => Assert.Equal("person02", list.Find($"{TestId("list-row")} td").TextContent));
        Assert.EndsWith("/people?before=person01", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(list.FindAll(TestId("continue-list")));
        await list.Find(TestId("list-beginning")).ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("person01", list.Find($"{TestId("list-row")} td").TextContent));
        Assert.EndsWith("/people", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_filter_begins_at_the_beginning()
    {
        Navigation.NavigateTo("/people?before=person01&page=2");
        var list = List();

        await list.Find(TestId("filter-state")).ChangeAsync("active");

        Assert.EndsWith("/people?state=active", Navigation.Uri, StringComparison.Ordinal);
        Assert.Null(_asked[^1].Start);
    }

    [Fact]
    public async Task Columns_are_chosen_in_the_address_and_remembered_by_the_browser()
    {
        var list = List(choosable: true);
        Assert.Equal(["Name", "Email"], Titles(list));

        await list.Find(TestId("column-phone")).ChangeAsync(true);

        list.WaitForAssertion(() => Assert.Equal(["Name", "Email", "Phone"], Titles(list)));
        Assert.EndsWith("/people?columns=email%2Cphone", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["people", "email,phone"], JSInterop.Invocations["remember"][^1].Arguments);
        await list.Find(TestId("column-email")).ChangeAsync(false);
        await list.Find(TestId("column-phone")).ChangeAsync(false);
        list.WaitForAssertion(() => Assert.Equal(["Name"], Titles(list)));
        Assert.EndsWith("/people?columns=none", Navigation.Uri, StringComparison.Ordinal);
        await list.Find(TestId("reset-columns")).ClickAsync();
        list.WaitForAssertion(() => Assert.Equal(["Name", "Email"], Titles(list)));
        Assert.EndsWith("/people", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["people", null], JSInterop.Invocations["remember"][^1].Arguments);
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData("phone,made-up", "Name,Phone")]
    [InlineData("none", "Name")]
    [InlineData("made-up", "Name,Email")]
    public void Columns_of_the_address_are_shown_as_far_as_there_are_such(string columns, string shown)
    {
        Navigation.NavigateTo($"/people?columns={columns}");

        Assert.Equal(shown, string.Join(',', Titles(List(choosable: true))));
    }

    [Fact]
    public void The_browser_remembers_columns_until_an_address_names_others()
    {
        JSInterop.SetupModule("./js/columns.js").Setup<string?>("recall", "people").SetResult("phone");
        var list = List(choosable: true);
        list.WaitForAssertion(() => Assert.Equal(["Name", "Phone"], Titles(list)));

        Navigation.NavigateTo("/people?columns=email,phone");

        list.WaitForAssertion(() => Assert.Equal(["Name", "Email", "Phone"], Titles(list)));
    }

    [Fact]
    public void A_list_without_such_columns_offers_no_choice() => Assert.Empty(List().FindAll(TestId("columns")));

    private static List<string> Titles(IRenderedComponent<ListPage<string>> list) =>
        [.. list.FindAll("th").Select(title => title.TextContent.Trim())];

    private IRenderedComponent<ListPage<string>> List(bool choosable) =>
        List(
            null,
            parameters =>
                (choosable ? parameters.Add(list => list.ColumnMemory, "people") : parameters)
                    .Add<ListColumn<string>>(list => list.Columns, column => Column(column, "Name", null))
                    .Add<ListColumn<string>>(list => list.Columns, column => Column(column, "Email", "email"))
                    .Add<ListColumn<string>>(list => list.Columns, column => Column(column, "Phone", "phone").Add(c => c.Extra, true))
        );

    private static ComponentParameterCollectionBuilder<ListColumn<string>> Column(
        ComponentParameterCollectionBuilder<ListColumn<string>> column,
        string title,
        string? name
    ) =>
        column
            .Add(c => c.Title, title)
            .Add(c => c.Name, name)
            .Add(c => c.ChildContent, (string person) => builder => builder.AddContent(0, person));

    private IRenderedComponent<ListPage<string>> List(
        Func<ListQuery, CancellationToken, Task<ListRows<string>>>? load = null,
        Action<ComponentParameterCollectionBuilder<ListPage<string>>>? columns = null
    )
    {
        if (!Navigation.Uri.Contains("/people", StringComparison.Ordinal))
        {
            Navigation.NavigateTo("/people");
        }

        return Render<ListPage<string>>(parameters =>
        {
            parameters
                .Add(list => list.Name, "People")
                .Add(list => list.RowKey, person => person)
                .Add(list => list.EmptyText, "People appear here.")
                .Add(list => list.StartParameter, "before")
                .Add(list => list.Filters, [new ListFilter("state", "Status", [new Option("active", "Active")])])
                .Add(
                    list => list.Load,
                    (query, token) =>
                    {
                        _asked.Add(query);
                        return (load ?? AnswerAsync)(query, token);
                    }
                );
            (
                columns
                ?? (
                    list =>
                        list.Add<ListColumn<string>>(list => list.Columns, column => Column(column, "Name", null).Add(c => c.Sort, "name"))
                )
            )(parameters);
        });
    }
}
