using Microsoft.Playwright;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// The setup assistant in a real browser by keyboard alone: the checklist, the guide with values to copy for a chosen organization, and a
/// clone for the next customer.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class SetupJourney(Chromium chromium)
{
    private const int MostTabs = 120;

    private readonly Inspection _inspection = new();

    [BrowserFact]
    [Proves("rule-56")]
    public async Task The_setup_assistant_works_by_keyboard_alone_and_stands_inspection()
    {
        await using var portal = await PortalProcess.StartAsync("demo");

        await chromium.RunAsync(
            "setup",
            portal.Address,
            async page =>
            {
                await SignInAsync(page, portal);
                await SeeTheChecklistAsync(page);
                await FollowTheGuideAsync(page);
                await CloneAsync(page);
                _inspection.AssertNothingFound();
            }
        );
    }

    private static async Task SignInAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync("/");
        await ReachAsync(page, page.GetByLabel("Email"));
        await page.Keyboard.TypeAsync(portal.Email);
        await ReachAsync(page, page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }));
        await page.Keyboard.TypeAsync(portal.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Heading(page, "Dashboard")).ToBeFocusedAsync();
    }

    private async Task SeeTheChecklistAsync(IPage page)
    {
        await ReachAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Identity Providers", Exact = true }).First, backwards: true);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Heading(page, "Identity Providers")).ToBeFocusedAsync();
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Contoso", Exact = true }));
        await Assertions.Expect(Heading(page, "Contoso")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByTestId("setup-step")).ToHaveCountAsync(7);
        await Assertions.Expect(page.GetByTestId("setup-toggle")).ToBeHiddenAsync();
        await _inspection.LookAsync(page, "setup-card");

        await Inspection.ResizeAsync(page, Inspection.Narrow);
        await Assertions.Expect(page.GetByTestId("setup-step").First).ToBeHiddenAsync();
        await PressAsync(page, page.GetByTestId("setup-toggle"));
        await Assertions.Expect(page.GetByTestId("setup-step").First).ToBeVisibleAsync();
        await _inspection.LookAtAsync(page, "setup-card-unfolded", Inspection.Narrow);
        await Inspection.ResizeAsync(page, Inspection.Wide);
    }

    private async Task FollowTheGuideAsync(IPage page)
    {
        await PressAsync(page, page.GetByTestId("open-guide"));
        await Assertions.Expect(page.GetByTestId("guide-step").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Setup guide" })).ToHaveAttributeAsync("aria-selected", "true");

        var organization = page.GetByTestId("guide-organization");
        await ReachAsync(page, organization);
        await page.Keyboard.PressAsync("End");
        var chosen = await organization.InputValueAsync();
        await Assertions.Expect(page.GetByTestId("guide-organization-id").GetByTestId("copy-value")).ToHaveTextAsync(chosen);
        await Assertions.Expect(page.GetByTestId("mapping-source").Nth(2)).ToHaveTextAsync(chosen);

        await PressAsync(page, page.GetByTestId("guide-base-url").GetByTestId("copy"));
        await Assertions.Expect(page.GetByTestId("guide-base-url").GetByTestId("copy")).ToHaveTextAsync("Copied");
        Assert.Equal(
            await page.GetByTestId("guide-base-url").GetByTestId("copy-value").TextContentAsync(),
            await page.EvaluateAsync<string>("navigator.clipboard.readText()")
        );
        // The button says that it copied for two seconds, and only then its name is the text on it again.
        await Assertions.Expect(page.GetByTestId("guide-base-url").GetByTestId("copy")).ToHaveTextAsync("Copy");
        await _inspection.LookAsync(page, "setup-guide");
    }

    private async Task CloneAsync(IPage page)
    {
        await ReachAsync(page, page.GetByTestId("page-actions").GetByRole(AriaRole.Button), backwards: true);
        await page.Keyboard.PressAsync("Control+Home");
        await page.WaitForFunctionAsync("() => scrollY === 0");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("clone-provider")).ToBeVisibleAsync();
        await _inspection.LookAtAsync(page, "provider-menu", Inspection.Wide);
        await PressAsync(page, page.GetByTestId("clone-provider"));
        await Assertions.Expect(Heading(page, "Add provider")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Display name")).ToHaveValueAsync("");
        await _inspection.LookAsync(page, "clone-details");
    }

    private static async Task PressAsync(IPage page, ILocator target)
    {
        await ReachAsync(page, target);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses Tab until the target has the focus.</summary>
    private static async Task ReachAsync(IPage page, ILocator target, bool backwards = false)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var pressed = 0; pressed < MostTabs; pressed++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        throw new InvalidOperationException($"{target} can't be reached by Tab.");
    }

    private static ILocator Heading(IPage page, string name) =>
        page.GetByRole(
            AriaRole.Heading,
            new()
            {
                Name = name,
                Level = 1,
                Exact = true,
            }
        );
}
