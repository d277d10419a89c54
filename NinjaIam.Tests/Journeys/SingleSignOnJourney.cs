using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// Signing in by a real identity provider, SimpleSAMLphp, in a real browser. It stands on localhost and we on 127.0.0.1, so that what comes
/// from it comes from another site.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class SingleSignOnJourney(Chromium chromium)
{
    private const string Password = "correct horse battery";
    private readonly Inspection _inspection = new();

    [SamlFact]
    [Proves("rule-8")]
    public async Task Somebody_signs_in_by_a_real_identity_provider_until_it_deactivates_them()
    {
        await using var idp = await SimpleSamlPhp.StartAsync(("eve", "from-idp", "e-17", "Eve@contoso.com"));
        await using var portal = await PortalProcess.StartWithSettingAsync("Saml__MetadataHosts__0", "localhost");

        await chromium.RunAsync(
            "single-sign-on",
            portal.Address,
            async page =>
            {
                await CreateAdministratorAsync(page, portal);
                await AddProviderAsync(page, idp);
                using var scim = await EnableScimAsync(page);
                var eve = await CreateEveAsync(scim);
                var ours = await TestAndEnableAsync(page, idp);
                await TakeNextKeyAsync(page, idp);
                await StartAtProviderAsync(page, idp.StartUrl(ours));
                await SignOutAsync(page);

                await SignInAsync(page);
                await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account of Eve Moss" })).ToBeVisibleAsync();

                // Nobody touches the page: her session ends by itself.
                await DeactivateAsync(scim, eve);
                await Assertions.Expect(page.GetByTestId("sign-in-email-form")).ToBeVisibleAsync();

                await SignInAsync(page);
                await Assertions
                    .Expect(page.GetByTestId("sso-refused"))
                    .ToContainTextAsync("Your account was deactivated by your identity provider, Contoso.");
                await Assertions.Expect(page.GetByTestId("incident")).ToBeVisibleAsync();
                await _inspection.LookAsync(page, "sso-refused");
                _inspection.AssertNothingFound();
            }
        );
    }

    private static async Task CreateAdministratorAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync(portal.FirstRunLink);
        await page.GetByLabel("Full name").FillAsync("Ada Lind");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
        await page.SetUpSecondFactorAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" }).WaitForAsync();
    }

    private static async Task AddProviderAsync(IPage page, SimpleSamlPhp idp)
    {
        await page.GotoAsync("/administration/accounts/identity-providers");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add provider" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "Add provider" }))
            .First.ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Custom" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Display name").FillAsync("Contoso");
        await page.GetByLabel("What email domains will authenticate using this integration?").FillAsync("contoso.com");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.GetByTestId("metadata-url").FillAsync(idp.MetadataUrl);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(idp.MetadataUrl).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "Next" }))
            .ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Contoso", Level = 1 }).WaitForAsync();
    }

    private static async Task<HttpClient> EnableScimAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable SCIM" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Enable SCIM provisioning").ClickAsync();
        await Assertions.Expect(dialog.GetByText("The token is shown only now. Store it in a safe place.")).ToBeVisibleAsync();
        await dialog.GetByTestId("show").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Token", Exact = true })).ToContainTextAsync("njs_");
        var token = await ShownAsync(dialog, "Token");
        var baseUrl = await ShownAsync(dialog, "Base URL");
        await dialog.GetByLabel("I have stored this token").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        var client = new HttpClient { BaseAddress = new Uri(baseUrl + "/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> CreateEveAsync(HttpClient scim)
    {
        using var created = await scim.PostAsJsonAsync(
            "Users",
            new
            {
                schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" },
                userName = "eve@contoso.com",
                displayName = "Eve Moss",
                active = true,
            }
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task DeactivateAsync(HttpClient scim, string id)
    {
        using var changed = await scim.PatchAsJsonAsync(
            $"Users/{id}",
            new
            {
                schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:PatchOp" },
                Operations = new[]
                {
                    new
                    {
                        op = "replace",
                        path = "active",
                        value = false,
                    },
                },
            }
        );
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    /// <summary>The user name comes in an attribute, as the NameID is an employee number there.</summary>
    private async Task<string> TestAndEnableAsync(IPage page, SimpleSamlPhp idp)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Single sign-on" }).ClickAsync();
        var address = new Uri((await page.GetByTestId("sign-in-address").GetByTestId("copy-value").TextContentAsync())!.Trim());
        var ours = $"{address.GetLeftPart(UriPartial.Authority)}/saml/{address.Segments[^1]}";
        idp.Register(ours, ours);
        await page.GetByTestId("user-name-attribute").FillAsync("mail");
        await page.GetByTestId("save-sign-on").ClickAsync();
        await ConfirmAsync(page, "Save changes");
        await _inspection.LookAsync(page, "single-sign-on");

        var tab = await page.RunAndWaitForPopupAsync(() => page.GetByTestId("test-connection").ClickAsync());
        await tab.Locator("#username").FillAsync("eve");
        await tab.Locator("#password").FillAsync("from-idp");
        await tab.Locator("#password").PressAsync("Enter");
        await Assertions.Expect(tab.GetByTestId("test-summary")).ToContainTextAsync("You would be signed in as Eve Moss.");
        await Assertions.Expect(tab.GetByText("e-17").First).ToBeVisibleAsync();
        await _inspection.LookAsync(tab, "test-connection");
        await tab.CloseAsync();

        // The page has heard of it by itself.
        await Assertions.Expect(page.GetByTestId("tested")).ToContainTextAsync("tested by Ada Lind");
        await page.GetByTestId("enable-sso").ClickAsync();
        await ConfirmAsync(page, "Enable single sign-on");
        await Assertions.Expect(page.GetByTestId("disable-sso")).ToBeVisibleAsync();
        return ours;
    }

    /// <summary>A roll-over begins: the metadata shows one key more. Afterwards both count, and it still signs with the first.</summary>
    private async Task TakeNextKeyAsync(IPage page, SimpleSamlPhp idp)
    {
        idp.ShowNextKey();
        await page.GetByTestId("check-metadata").ClickAsync();
        await Assertions.Expect(page.GetByTestId("waiting-certificate")).ToHaveCountAsync(2);
        await _inspection.LookAsync(page, "waiting-metadata");
        await page.GetByTestId("accept-metadata").ClickAsync();
        await ConfirmAsync(page, "Accept change");
        await Assertions.Expect(page.GetByTestId("saved-metadata").GetByTestId("certificate")).ToHaveCountAsync(2);
    }

    /// <summary>A sign-in that the identity provider starts is refused until it is allowed. It ends as Eve, who was Ada before.</summary>
    private static async Task StartAtProviderAsync(IPage page, string start)
    {
        var settings = page.Url;
        await page.GotoAsync(start);
        await Assertions.Expect(page.GetByTestId("sso-refused")).ToContainTextAsync("Signing in cannot start at Contoso.");
        await Assertions.Expect(page.GetByTestId("incident")).ToBeVisibleAsync();

        await page.GotoAsync(settings);
        await page.GetByTestId("idp-initiated").CheckAsync();
        await page.GetByTestId("save-sign-on").ClickAsync();
        await ConfirmAsync(page, "Save changes");
        await SignOutAsync(page);
        await page.GotoAsync(start);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account of Eve Moss" })).ToBeVisibleAsync();
    }

    private static async Task ConfirmAsync(IPage page, string button)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = button }).WaitForAsync();
        await page.ConfirmIfAskedAsync(Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByTestId("account-menu-button").ClickAsync();
        await page.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(page.GetByTestId("sign-in-email-form")).ToBeVisibleAsync();
    }

    /// <summary>The identity provider still knows her from the test, and asks nothing.</summary>
    private async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await _inspection.LookAsync(page, "sign-in-email");
        await page.GetByLabel("Email").FillAsync("eve@contoso.com");
        await page.GetByTestId("continue").ClickAsync();
    }

    private static async Task<string> ShownAsync(ILocator dialog, string label) =>
        (await dialog.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true }).TextContentAsync())!.Trim();
}
