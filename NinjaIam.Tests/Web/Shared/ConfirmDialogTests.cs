using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class ConfirmDialogTests : PortalTestContext
{
    private static readonly Confirmation Plain = new("Delete Contoso?", "Delete provider") { Consequences = ["412 people stay."] };

    [Fact]
    public async Task Confirming_answers_with_the_chosen_way()
    {
        var (page, answer) = Ask(Plain with { Choices = [new Option("keep", "Keep"), new Option("convert", "Convert")] });

        await page.Find(TestId("choice-convert")).ChangeAsync("convert");
        await page.Find(TestId("confirm")).ClickAsync();

        Assert.Equal("convert", (await answer)?.Choice);
    }

    [Fact]
    public async Task Cancelling_answers_nothing_and_does_nothing()
    {
        var acts = 0;
        var (page, answer) = Ask(
            Plain with
            {
                Act = _ =>
                {
                    acts++;
                    return Task.FromResult<Refusal?>(null);
                },
            }
        );

        await page.Find(TestId("cancel")).ClickAsync();

        Assert.Null(await answer);
        Assert.Equal(0, acts);
    }

    [Fact]
    public async Task A_name_that_differs_keeps_the_dialog_open_and_does_nothing()
    {
        var acts = 0;
        var (page, answer) = Ask(
            Plain with
            {
                TypedName = "Contoso",
                Act = _ =>
                {
                    acts++;
                    return Task.FromResult<Refusal?>(null);
                },
            }
        );

        await page.Find(TestId("typed-name")).InputAsync("contoso");
        await page.Find(TestId("confirm")).ClickAsync();

        Assert.Equal("Type the name exactly as shown.", page.Find(TestId("field-error")).TextContent);
        Assert.False(answer.IsCompleted);
        Assert.Equal(0, acts);
        await page.Find(TestId("typed-name")).InputAsync("Contoso");
        await page.Find(TestId("confirm")).ClickAsync();
        Assert.NotNull(await answer);
        Assert.Equal(1, acts);
    }

    [Fact]
    public async Task A_refusal_stands_in_the_dialog_which_stays()
    {
        var (page, answer) = Ask(Plain with { Act = _ => Task.FromResult<Refusal?>(new Refusal(RefusalKind.NotAllowed, "It is in use.")) });

        await page.Find(TestId("confirm")).ClickAsync();

        Assert.Contains("It is in use.", page.Find(TestId("confirm-refused")).TextContent, StringComparison.Ordinal);
        Assert.False(answer.IsCompleted);
    }

    private (IRenderedComponent<IComponent> Page, Task<Confirmed?> Answer) Ask(Confirmation confirmation)
    {
        var page = RenderProviders();
        var answer = page.InvokeAsync(() =>
            Task.FromResult(ConfirmDialog.AskAsync(Services.GetRequiredService<IDialogService>(), confirmation))
        );
        page.WaitForElement(TestId("confirm-dialog"));
        return (page, answer.Unwrap());
    }
}
