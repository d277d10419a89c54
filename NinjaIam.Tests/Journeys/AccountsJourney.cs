using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// Roles by group with their preview, a pause with an edit that it overwrites, the questions before somebody is blocked or a connection
/// disabled, somebody kept by hand who is taken over, and a preview: by keyboard alone, each state inspected.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class AccountsJourney(Chromium chromium)
{
    private const string Provider = "Contoso";

    private readonly Inspection _inspection = new();

    [BrowserFact]
    [Proves("rule-35", "rule-21", "rule-26", "rule-48", "rule-53")]
    public async Task Roles_are_mapped_and_people_edited_in_a_pause_by_keyboard_alone()
    {
        await using var portal = await PortalProcess.StartAsync("demo");

        await chromium.RunAsync(
            "accounts",
            portal.Address,
            async page =>
            {
                await SignInAsync(page, portal);
                await OpenProviderAsync(page);
                await MapARoleAsync(page);
                await PauseAsync(page);
                await EditSomebodyAsync(page);
                await EndThePauseAsync(page);
                await AskToDisableAsync(page);
                await TakeSomebodyOverAsync(page, portal);
                await PreviewAsync(page, portal);
                _inspection.AssertNothingFound();
            }
        );
    }

    private static async Task SignInAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Email").FillAsync(portal.Email);
        await page.Locator("input[type=password]").FillAsync(portal.Password);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Heading(page, "Dashboard")).ToBeVisibleAsync();
    }

    private static async Task OpenProviderAsync(IPage page)
    {
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Identity Providers", Exact = true }));
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = Provider, Exact = true }).First);
        await Assertions.Expect(Heading(page, Provider)).ToBeVisibleAsync();
    }

    private async Task MapARoleAsync(IPage page)
    {
        await OpenTabAsync(page, "mapping");
        var table = page.Locator(".list-table");
        await table.GetByLabel("Add a role to Design").FocusAsync();
        await page.Keyboard.TypeAsync("Auditor");
        await Assertions.Expect(page.GetByTestId("mapping-count")).ToHaveTextAsync("1 change");
        await _inspection.LookAsync(page, "mapping-changed");

        await PressAsync(page, page.GetByTestId("preview-mappings"));
        await Assertions.Expect(page.GetByTestId("effect-gain")).ToContainTextAsync("get it");
        await PressAsync(page, page.GetByTestId("show-gaining"));
        await Assertions.Expect(page.GetByTestId("affected").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "mapping-preview");

        await PressAsync(page, page.GetByTestId("save-mappings"));
        await Assertions.Expect(page.GetByTestId("mapping-saved")).ToContainTextAsync("1 change is saved.");
        await _inspection.LookAsync(page, "mapping-saved");
        await PressAsync(page, page.GetByTestId("undo-mappings"));
        await Assertions.Expect(page.GetByTestId("mapping-saved")).ToContainTextAsync("undone");
    }

    private async Task PauseAsync(IPage page)
    {
        await OpenTabAsync(page, "settings");
        await PressAsync(page, page.GetByTestId("pause-scim"));
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "pause");
        await ConfirmAsync(page);
        await Assertions.Expect(page.GetByTestId("provider-notice")).ToContainTextAsync("SCIM is paused until");
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeHiddenAsync();
        await _inspection.LookAsync(page, "paused");
    }

    private async Task EditSomebodyAsync(IPage page)
    {
        await OpenTabAsync(page, "users");
        await PressAsync(page, page.Locator(".list-table tbody a").First);
        await Assertions.Expect(page.GetByTestId("edit-person")).ToBeVisibleAsync();
        await PressAsync(page, page.GetByTestId("edit-person"));
        await Assertions.Expect(page.GetByTestId("will-be-overwritten")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "edit-person");
        await page.GetByTestId("edit-given-name").FillAsync("Changed");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("changed-here")).ToContainTextAsync($"{Provider} says");
        await _inspection.LookAsync(page, "changed-here");

        await PressAsync(page, page.GetByTestId("block"));
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "block");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeHiddenAsync();
        await OpenTabAsync(page, "roles");
        await Assertions.Expect(page.GetByTestId("user-roles")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "user-roles");
    }

    private async Task EndThePauseAsync(IPage page)
    {
        await OpenProviderAsync(page);
        await PressAsync(page, page.GetByTestId("notice-changed-here"));
        await Assertions.Expect(page.GetByTestId("changed-here-person")).ToContainTextAsync("Changed");
        await _inspection.LookAsync(page, "changed-here-list");
        await PressAsync(page, page.GetByTestId("notice-resume"));
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToContainTextAsync("1 person was changed here.");
        await _inspection.LookAsync(page, "resume");
        await ConfirmAsync(page);
        await Assertions.Expect(page.GetByTestId("provider-notice")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("changed-here-person")).ToHaveCountAsync(0);
    }

    private async Task AskToDisableAsync(IPage page)
    {
        await OpenTabAsync(page, "settings");
        await PressAsync(page, page.GetByTestId("disable-scim"));
        await Assertions.Expect(page.GetByTestId("choice-Keep")).ToBeCheckedAsync();
        await _inspection.LookAsync(page, "disable-choices");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("disable-scim")).ToBeFocusedAsync();
    }

    private async Task TakeSomebodyOverAsync(IPage page, PortalProcess portal)
    {
        const string Eve = "eve@outsider.example";
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "All users", Exact = true }));
        // The page before has a menu of the same kind.
        await Assertions.Expect(Heading(page, "All users")).ToBeVisibleAsync();
        await PressAsync(page, page.GetByTestId("page-actions").GetByRole(AriaRole.Button));
        await Assertions.Expect(page.GetByTestId("add-end-user")).ToBeVisibleAsync();
        await PressAsync(page, page.GetByTestId("add-end-user"));
        await page.GetByTestId("add-first-name").FillAsync("Eve");
        await page.GetByTestId("add-last-name").FillAsync("Berg");
        await page.GetByTestId("add-email").FillAsync(Eve);
        await CheckAsync(page, page.GetByTestId("add-all-organizations"));
        await CheckAsync(page, page.GetByTestId("add-role").First);
        await _inspection.LookAsync(page, "add-end-user");
        await PressAsync(page, page.GetByTestId("add-person"));
        await PressAsync(page, page.GetByTestId("add-done"));
        await Assertions.Expect(page.GetByTestId("add-done")).ToBeHiddenAsync();

        await OpenProviderAsync(page);
        await OpenTabAsync(page, "settings");
        await page.GetByTestId("domains").FillAsync("outsider.example");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("input-chip")).ToHaveCountAsync(2);
        await PressAsync(page, page.GetByTestId("save-settings"));
        await Assertions.Expect(page.GetByTestId("settings-saved")).ToContainTextAsync("Saved");
        Assert.Equal(409, await PostAsync(portal, Eve));

        await OpenTabAsync(page, "users");
        await Assertions.Expect(page.GetByTestId("waiting-person")).ToContainTextAsync("Eve Berg");
        await _inspection.LookAsync(page, "waiting-for-a-decision");
        await PressAsync(page, page.GetByTestId("approve"));
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "let-it-manage");
        await ConfirmAsync(page);
        await Assertions.Expect(page.GetByTestId("waiting-card")).ToHaveCountAsync(0);
        Assert.Equal(201, await PostAsync(portal, Eve));
    }

    private async Task PreviewAsync(IPage page, PortalProcess portal)
    {
        await OpenTabAsync(page, "settings");
        await PressAsync(page, page.GetByTestId("start-preview"));
        await ConfirmAsync(page);
        await Assertions.Expect(page.GetByTestId("provider-notice")).ToContainTextAsync("In preview");
        Assert.Equal(503, await PostAsync(portal, "new@outsider.example"));
        await OpenTabAsync(page, "overview");
        await Assertions.Expect(page.GetByTestId("preview-finding")).ToContainTextAsync("new@outsider.example");
        await _inspection.LookAsync(page, "preview");
        await PressAsync(page, page.GetByTestId("notice-end-preview"));
        await ConfirmAsync(page);
        await Assertions.Expect(page.GetByTestId("preview-card")).ToHaveCountAsync(0);
        Assert.Equal(201, await PostAsync(portal, "new@outsider.example"));
    }

    /// <summary>What the client of the provider is answered.</summary>
    private static async Task<int> PostAsync(PortalProcess portal, string userName)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{portal.ScimBaseUrl}/Users");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", portal.ScimToken);
        request.Content = new StringContent($$"""{"userName":"{{userName}}"}""", Encoding.UTF8, "application/scim+json");
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task CheckAsync(IPage page, ILocator box)
    {
        await box.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(box).ToBeCheckedAsync();
    }

    private static async Task OpenTabAsync(IPage page, string tab)
    {
        await PressAsync(page, page.GetByTestId($"tab-{tab}"));
        await Assertions.Expect(page.GetByTestId($"tab-{tab}")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    private static async Task PressAsync(IPage page, ILocator control)
    {
        await control.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Confirms what a dialog asks, once the dialog has taken the focus: whoever is faster loses it to the dialog again.</summary>
    private static async Task ConfirmAsync(IPage page)
    {
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('[role=dialog]')?.contains(document.activeElement)");
        await PressAsync(page, page.GetByTestId("confirm"));
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeHiddenAsync();
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
