using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// The dialogs, menus, panels and messages that the way to the first person does not pass, on a demonstration in a real browser. Each is
/// inspected; what is asked and cancelled changes nothing.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class DialogsJourney(Chromium chromium)
{
    private const string Provider = "Contoso";
    private const string RefusedPerson = "linus@contoso.example";

    private readonly Inspection _inspection = new();

    [BrowserFact]
    public async Task Every_dialog_menu_and_message_stands_inspection()
    {
        await using var portal = await PortalProcess.StartAsync("demo");

        await chromium.RunAsync(
            "dialogs",
            portal.Address,
            async page =>
            {
                await SignInAsync(page, portal);
                await OpenMenusAsync(page);
                await AskForAnOrganizationAsync(page);
                await SeeARefusalArriveAsync(page, portal);
                await LookAtTheProviderAsync(page);
                await LimitATokenAsync(page, portal);
                await RotateAsync(page, portal);
                await AskToRevokeAsync(page);
                await AskToDisableScimAsync(page);
                await LeaveADraftAsync(page);
                await AddARoleAsync(page);
                await LookAtSettingsAsync(page);
                await LookAtNothingAsync(page);
                _inspection.AssertNothingFound();
            }
        );
    }

    private async Task SignInAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync("/");
        await Assertions.Expect(Heading(page, "Sign in")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "sign-in");

        await FillSignInAsync(page, portal.Email, "not the password");
        await Assertions.Expect(page.GetByTestId("sign-in-error")).ToHaveTextAsync("Email or password is wrong.");
        await Assertions.Expect(page.GetByTestId("sign-in-error")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Email")).ToHaveValueAsync(portal.Email);
        await Assertions.Expect(Password(page)).ToHaveValueAsync("");
        await _inspection.LookAsync(page, "sign-in-wrong");

        await FillSignInAsync(page, portal.Email, portal.Password);
        await Assertions.Expect(Heading(page, "Dashboard")).ToBeVisibleAsync();
    }

    private static async Task FillSignInAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("Email").FillAsync(email);
        await Password(page).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private async Task OpenMenusAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await page.GetByTestId("account-menu-button").ClickAsync();
        await Assertions.Expect(page.GetByTestId("account-name")).ToHaveTextAsync("Ada Lind");
        var button = await page.GetByTestId("account-menu-button").BoundingBoxAsync();
        var menu = await page.GetByTestId("account-menu").BoundingBoxAsync();
        Assert.True(menu!.Y >= button!.Y + button.Height, "The account menu covers its button.");
        await _inspection.LookAsync(page, "account-menu");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("account-menu")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("account-menu-button")).ToBeFocusedAsync();
        await UseTheKeyboardAsync(page);

        await Inspection.ResizeAsync(page, Inspection.Narrow);
        var navigation = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Assertions.Expect(navigation).ToBeHiddenAsync();
        await page.GetByTestId("open-navigation").ClickAsync();
        await Assertions.Expect(navigation).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("open-navigation")).ToHaveAttributeAsync("aria-expanded", "true");
        await _inspection.LookAtAsync(page, "navigation", Inspection.Narrow);
        // Nothing covers the first entry, though the notice of a demonstration pushes the page down.
        await navigation.GetByRole(AriaRole.Link, new() { Name = "Dashboard" }).ClickAsync(new() { Trial = true });
        await navigation.GetByRole(AriaRole.Link, new() { Name = "Organizations" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Organizations")).ToBeVisibleAsync();
        await Assertions.Expect(navigation).ToBeHiddenAsync();

        foreach (var width in new[] { Inspection.Narrow, Inspection.Wide })
        {
            await Inspection.ResizeAsync(page, width);
            await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Fabrikam" }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("edit-organization")).ToBeVisibleAsync();
            await _inspection.LookAtAsync(page, "row-menu", width);
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.GetByTestId("edit-organization")).ToBeHiddenAsync();
        }
    }

    private async Task UseTheKeyboardAsync(IPage page)
    {
        var shortcuts = page.GetByTestId("shortcuts-dialog");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(shortcuts.GetByTestId("single-keys")).ToBeCheckedAsync();
        await _inspection.LookAsync(page, "shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(shortcuts).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("account-menu-button")).ToBeFocusedAsync();

        await NavigateAsync(page, "All users");
        // A page that was just reached gives its heading the focus; a key before that would be overtaken.
        await Assertions.Expect(Heading(page, "All users")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByTestId("list-search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("/?");
        await Assertions.Expect(page.GetByTestId("list-search")).ToHaveValueAsync("/?");
        await Assertions.Expect(shortcuts).ToBeHiddenAsync();

        await page.GetByTestId("account-menu-button").ClickAsync();
        await page.GetByTestId("shortcuts").ClickAsync();
        await Assertions.Expect(page.GetByTestId("account-menu")).ToBeHiddenAsync();
        await shortcuts.GetByTestId("single-keys").ClickAsync();
        await Assertions.Expect(shortcuts.GetByTestId("single-keys")).Not.ToBeCheckedAsync();
        await page.GetByTestId("close-shortcuts").ClickAsync();
        await Assertions.Expect(shortcuts).ToBeHiddenAsync();
        await NavigateAsync(page, "Groups");
        await Assertions.Expect(Heading(page, "Groups")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByTestId("list-search")).Not.ToBeFocusedAsync();
        await Assertions.Expect(shortcuts).ToBeHiddenAsync();

        await page.GetByTestId("account-menu-button").ClickAsync();
        await page.GetByTestId("my-profile").ClickAsync();
        await Assertions.Expect(Heading(page, "My profile")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("my-email")).ToContainTextAsync("admin@example.com");
        await Assertions.Expect(page.GetByTestId("account-menu")).ToBeHiddenAsync();
        await _inspection.LookAsync(page, "my-profile");
    }

    private async Task AskForAnOrganizationAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        var count = await page.GetByTestId("list-count").TextContentAsync();
        await page.GetByTestId("add-organization").ClickAsync();
        await dialog.GetByTestId("save-organization").ClickAsync();
        await Assertions.Expect(dialog.GetByText("Enter a name.").First).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByLabel("Name")).ToBeFocusedAsync();
        await _inspection.LookAsync(page, "add-organization");
        await dialog.GetByTestId("cancel").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("list-count")).ToHaveTextAsync(count!);

        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for Fabrikam" }).ClickAsync();
        await page.GetByTestId("edit-organization").ClickAsync();
        // An opening dialog takes the focus; what is typed before would go elsewhere.
        await Assertions.Expect(page.Locator("[role=dialog]:focus-within")).ToBeVisibleAsync();
        await dialog.GetByLabel("Name").FillAsync("");
        await dialog.GetByTestId("save-organization").ClickAsync();
        await Assertions.Expect(dialog.GetByText("Enter a name.").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "edit-organization");
        await dialog.GetByTestId("cancel").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Actions for Fabrikam" })).ToBeVisibleAsync();

        await page.GetByTestId("list-search").FillAsync("nobody is called so");
        await Assertions.Expect(page.GetByText("No organizations match your search.")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "no-match");
    }

    private async Task SeeARefusalArriveAsync(IPage page, PortalProcess portal)
    {
        await NavigateAsync(page, "Activities");
        await Assertions.Expect(page.GetByTestId("activity").First).ToBeVisibleAsync();
        await RefuseAsync(portal);

        // Nobody reloads the page.
        var refusal = page.GetByRole(AriaRole.Link, new() { NameRegex = new("was refused: .*userType") });
        await Assertions.Expect(refusal).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "activities-refusal");
        await refusal.ClickAsync();
        await LookAtActivityAsync(page, "refusal", ["Summary", "What to do"]);

        await page.Locator("[data-testid=activity]:visible").Filter(new() { HasText = "added" }).First.ClickAsync();
        await LookAtActivityAsync(page, "activity", ["Summary", "Changes"]);

        await NavigateAsync(page, "All users");
        await page.GetByTestId("list-search").FillAsync(RefusedPerson);
        await Assertions.Expect(page.GetByTestId("list-no-match")).ToBeVisibleAsync();
    }

    private static async Task RefuseAsync(PortalProcess portal)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", portal.ScimToken);
        using var content = new StringContent(
            $$"""
            {
              "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User"],
              "userName": "{{RefusedPerson}}",
              "emails": [{ "value": "{{RefusedPerson}}", "type": "work", "primary": true }],
              "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User": { "userType": "Member" }
            }
            """,
            Encoding.UTF8,
            "application/scim+json"
        );
        using var response = await client.PostAsync(new Uri($"{portal.ScimBaseUrl}/Users"), content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task LookAtActivityAsync(IPage page, string name, string[] tabs)
    {
        var drawer = page.GetByTestId("activity-drawer");
        await Assertions.Expect(drawer.GetByTestId("activity-sentence")).ToBeVisibleAsync();
        foreach (var tab in tabs)
        {
            await drawer.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Assertions.Expect(drawer.GetByRole(AriaRole.Tab, new() { Name = tab })).ToHaveAttributeAsync("aria-selected", "true");
            await _inspection.LookAsync(page, $"{name}-{NameOf(tab)}");
        }

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(drawer).ToBeHiddenAsync();
    }

    private async Task LookAtTheProviderAsync(IPage page)
    {
        await NavigateAsync(page, "Identity Providers");
        await page.GetByRole(AriaRole.Link, new() { Name = Provider, Exact = true }).ClickAsync();
        await Assertions.Expect(Heading(page, Provider)).ToBeVisibleAsync();
        foreach (var tab in new[] { "Single sign-on", "Users", "Activities", "Settings" })
        {
            await OpenTabAsync(page, tab);
            await _inspection.LookAsync(page, $"provider-{NameOf(tab)}");
        }

        await OpenTabAsync(page, "Overview");
        await page.GetByTestId("edit-scim").ClickAsync();
        await Assertions.Expect(page.GetByTestId("scim-dialog")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "scim-dialog-enabled");
        // Escape closes one dialog at a time, and the lower one has the focus again.
        await page.GetByTestId("scim-toggle").ClickAsync();
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("confirm-dialog")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("scim-toggle")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByTestId("scim-toggle")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    private async Task LimitATokenAsync(IPage page, PortalProcess portal)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByTestId("access").ClickAsync();
        await Assertions.Expect(dialog.GetByTestId("access-form")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "token-access");
        await dialog.GetByTestId("networks").FillAsync("203.0.113.7/33 ");
        await Assertions.Expect(dialog.GetByTestId("input-chip")).ToHaveCountAsync(1);
        await dialog.GetByTestId("save-access").ClickAsync();
        await Assertions.Expect(dialog.GetByTestId("field-error")).ToContainTextAsync("is not a network");
        await _inspection.LookAsync(page, "token-access-refused");
        await dialog.GetByTestId("input-chip").GetByRole(AriaRole.Button).ClickAsync();
        await dialog.GetByTestId("networks").FillAsync("203.0.113.0/24 127.0.0.1 ");
        await Assertions.Expect(dialog.GetByTestId("input-chip")).ToHaveCountAsync(2);
        await page.ConfirmIfAskedAsync(portal.Password);
        await dialog.GetByTestId("save-access").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("token-limit")).ToHaveTextAsync("Accepted only from 203.0.113.0/24 and 1 more");
        await _inspection.LookAsync(page, "provider-limited-token");
    }

    /// <summary>By keyboard alone.</summary>
    private async Task RotateAsync(IPage page, PortalProcess portal)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await PressAsync(page.GetByTestId("rotate"));
        await Assertions.Expect(dialog.GetByTestId("create-new-token")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "rotate-create");
        await page.ConfirmIfAskedAsync(portal.Password);
        await PressAsync(dialog.GetByTestId("create-new-token"));
        await Assertions.Expect(dialog.GetByTestId("token-step")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "rotate-token");
        await PressAsync(dialog.GetByLabel("I have stored this token"), "Space");
        await Assertions.Expect(dialog.GetByLabel("I have stored this token")).ToBeCheckedAsync();
        await Assertions.Expect(dialog.GetByTestId("done")).ToBeEnabledAsync();
        await PressAsync(dialog.GetByTestId("done"));
        await Assertions.Expect(dialog.GetByTestId("rotation-state")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "rotate-confirm");
        await PressAsync(dialog.GetByTestId("close-rotation"));
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("token-line")).ToHaveCountAsync(2);
        await _inspection.LookAsync(page, "provider-rotating");

        static async Task PressAsync(ILocator control, string key = "Enter")
        {
            await control.FocusAsync();
            await control.Page.Keyboard.PressAsync(key);
        }
    }

    private async Task AskToRevokeAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByTestId("revoke").First.ClickAsync();
        await Assertions.Expect(dialog.GetByTestId("confirm-dialog")).ToContainTextAsync("The other live token keeps working.");
        await _inspection.LookAsync(page, "revoke");
        await dialog.GetByTestId("cancel").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("token-line")).ToHaveCountAsync(2);
    }

    private async Task AskToDisableScimAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await OpenTabAsync(page, "Settings");
        await page.GetByTestId("disable-scim").ClickAsync();
        await Assertions.Expect(dialog.GetByTestId("confirm-dialog")).ToContainTextAsync($"200 people are managed by {Provider}.");
        await _inspection.LookAsync(page, "disable-scim");
        await dialog.GetByTestId("cancel").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("disable-scim")).ToBeEnabledAsync();

        // Escape belongs to the dialog from its first moment, before it has taken the focus.
        await page.GetByTestId("disable-scim")
            .EvaluateAsync(
                """
                button => new Promise(done => {
                    new MutationObserver((_, observer) => {
                        if (document.querySelector('[data-testid=confirm-dialog]')) {
                            observer.disconnect();
                            button.focus();
                            button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
                            done();
                        }
                    }).observe(document.body, { subtree: true, childList: true });
                    button.click();
                })
                """
            );
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    private async Task AddARoleAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await NavigateAsync(page, "Technician roles");
        await _inspection.LookAsync(page, "roles-before");
        await page.GetByTestId("add-role").ClickAsync();
        await dialog.GetByTestId("role-name-input").FillAsync("Field service");
        await dialog.GetByTestId("permission-ViewUsers").CheckAsync();
        await dialog.GetByTestId("permission-BlockSignIn").CheckAsync();
        await dialog.GetByTestId("all-BlockSignIn").UncheckAsync();
        await dialog.GetByTestId("save-role").ClickAsync();
        await Assertions.Expect(dialog.GetByTestId("field-error")).ToContainTextAsync("Choose at least one organization");
        await _inspection.LookAsync(page, "role-refused");
        await dialog.GetByTestId("add-organization").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await dialog.GetByTestId("save-role").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-testid=role-name]:visible")).ToHaveTextAsync(["Auditor", "Field service", "Help desk"]);
        await _inspection.LookAsync(page, "roles");
    }

    private async Task LookAtSettingsAsync(IPage page)
    {
        await NavigateAsync(page, "Settings");
        await Assertions.Expect(page.GetByTestId("mail-not-set-up")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "settings-mail");
        await page.GetByRole(AriaRole.Tab, new() { Name = "SCIM schemas" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("resource-type").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "settings");
        await page.Locator("[data-testid=schema]:visible").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("schema-facts")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "schema");
    }

    private async Task LeaveADraftAsync(IPage page)
    {
        await NavigateAsync(page, "Identity Providers");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add provider" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Okta" }).ClickAsync();
        await page.GetByLabel("Display name").FillAsync("Northwind");
        await Assertions.Expect(page.GetByTestId("draft-saved")).ToContainTextAsync("Draft saved");

        await NavigateAsync(page, "Identity Providers");
        await Assertions.Expect(page.GetByTestId("draft")).ToContainTextAsync("Draft: \"Northwind\", started by you");
        await _inspection.LookAsync(page, "draft");
        await page.GetByTestId("continue-draft").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Display name")).ToHaveValueAsync("Northwind");
    }

    private async Task LookAtNothingAsync(IPage page)
    {
        // What the framework does when a page has stopped.
        var stopped = page.Locator("#blazor-error-ui");
        await stopped.EvaluateAsync("bar => bar.style.display = 'block'");
        Assert.True((await stopped.BoundingBoxAsync())!.Height < 100, "The message about a stopped page covers the page.");
        await _inspection.LookAsync(page, "stopped");

        await page.GotoAsync("/no/such/page");
        await Assertions.Expect(Heading(page, "Page not found")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "not-found");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the start page" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Dashboard")).ToBeVisibleAsync();
    }

    private static async Task OpenTabAsync(IPage page, string name)
    {
        var tab = page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });
        await tab.ClickAsync();
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    private static async Task NavigateAsync(IPage page, string entry)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
            .GetByRole(AriaRole.Link, new() { Name = entry, Exact = true })
            .ClickAsync();
        await Assertions.Expect(Heading(page, entry)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    private static string NameOf(string tab) => tab.ToLowerInvariant().Replace(' ', '-');

    private static ILocator Password(IPage page) => page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true });

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
