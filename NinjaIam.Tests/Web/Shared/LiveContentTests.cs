using Bunit;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class LiveContentTests : AdministrationTestContext
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly List<string> _read = [];
    private Func<Task> _reading = () => Task.CompletedTask;

    [Fact]
    public async Task What_cannot_be_read_says_so_by_request_ID_and_is_read_in_place_when_tried_again()
    {
        _reading = () => throw new InvalidOperationException("The disk is gone.");
        var content = Content();
        Assert.Equal("This page could not be loaded.", content.Find("h1").TextContent);
        Assert.Matches("look for request ID [0-9A-Za-z-]{8,} in the log", content.Find(TestId("page-failed")).TextContent);
        Assert.DoesNotContain("disk", content.Markup, StringComparison.Ordinal);

        _reading = () => Task.CompletedTask;
        await content.Find(TestId("try-again")).ClickAsync();

        content.WaitForAssertion(() => Assert.Equal("2 readings", content.Find("h1").TextContent));
        Assert.Empty(content.FindAll(TestId("page-failed")));
    }

    [Fact]
    public void What_was_read_before_stays_when_a_later_reading_fails()
    {
        var content = Content();

        _reading = () => throw new InvalidOperationException("The disk is gone.");
        Get<ChangeFeed>().Publish(new Change(ChangeTopic.Users));
        Time.Advance(Pace);

        content.WaitForAssertion(() => Assert.Single(content.FindAll(TestId("page-failed"))));
        Assert.Equal("2 readings", content.Find("h1").TextContent);
    }

    [Fact]
    public async Task Readings_wait_for_each_other_and_one_answers_for_all_that_waited()
    {
        var first = new TaskCompletionSource();
        _reading = () => first.Task;
        var content = Content();
        Assert.Empty(content.FindAll("h1"));

        var waiting = content.InvokeAsync(() => Task.WhenAll(content.Instance.RefreshAsync(), content.Instance.RefreshAsync()));
        Assert.Single(_read);
        first.SetResult();
        await waiting;

        Assert.Equal(2, _read.Count);
        content.WaitForAssertion(() => Assert.Equal("2 readings", content.Find("h1").TextContent));
    }

    private IRenderedComponent<LiveContent> Content() =>
        Render<LiveContent>(parameters =>
            parameters
                .Add(content => content.Topics, [ChangeTopic.Users])
                .Add(content => content.Crumbs, [new Crumb("Accounts")])
                .Add(content => content.Load, ReadAsync)
                .Add(
                    content => content.ChildContent,
                    builder =>
                    {
                        builder.OpenElement(0, "h1");
                        builder.AddContent(1, $"{_read.Count} readings");
                        builder.CloseElement();
                    }
                )
        );

    private Task ReadAsync()
    {
        _read.Add("read");
        return _reading();
    }
}
