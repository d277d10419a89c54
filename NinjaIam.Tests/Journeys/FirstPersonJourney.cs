using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// The whole main job in a real browser: from the one-time link to the first person who was provisioned over HTTP with the token that was
/// copied from the screen. Every page and dialog passed is inspected.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class FirstPersonJourney(Chromium chromium)
{
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private readonly Inspection _inspection = new();

    [BrowserFact]
    [Proves("rule-3", "rule-14")]
    public async Task An_administrator_enables_SCIM_and_sees_the_first_person_arrive()
    {
        await using var portal = await PortalProcess.StartAsync();
        var secret = "";

        await chromium.RunAsync(
            "first-person",
            portal.Address,
            async page =>
            {
                await CreateAdministratorAsync(page, portal);
                await LookAtEmptyPagesAsync(page);
                await AddProviderAsync(page);
                var (baseUrl, token, organizationId) = await EnableScimAsync(page);
                secret = token;
                await ProvisionAsync(baseUrl, token, organizationId);
                await SeeThePersonAsync(page);
                Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
                _inspection.AssertNothingFound();
            }
        );

        Assert.NotEmpty(secret);
        await portal.StopAsync();
        AssertNowhere(portal, secret);
    }

    private async Task CreateAdministratorAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync(portal.FirstRunLink);
        await _inspection.LookAsync(page, "first-run");
        await page.GetByLabel("Full name").FillAsync("Ada Lind");
        await page.GetByLabel("Email").FillAsync("ada@contoso.com");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("correct horse battery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
        await page.SetUpSecondFactorAsync(name => _inspection.LookAsync(page, name));
        await Assertions.Expect(Heading(page, "Dashboard")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "dashboard-new");
    }

    private async Task LookAtEmptyPagesAsync(IPage page)
    {
        foreach (
            var (entry, name) in new[]
            {
                ("All users", "users-empty"),
                ("Groups", "groups-empty"),
                ("Organizations", "organizations"),
                ("Activities", "activities-new"),
            }
        )
        {
            await NavigateAsync(page, entry);
            await _inspection.LookAsync(page, name);
        }
    }

    private async Task AddProviderAsync(IPage page)
    {
        await NavigateAsync(page, "Identity Providers");
        await _inspection.LookAsync(page, "providers-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add provider" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "Add provider" }))
            .First.ClickAsync();
        await Assertions.Expect(Heading(page, "Add provider")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("vendor-tiles")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "add-provider-vendor");

        // By keyboard: arrows move, Enter chooses.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Microsoft Entra ID" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByLabel("Display name").FillAsync("Contoso");
        await page.GetByLabel("What email domains will authenticate using this integration?").FillAsync(" @Contoso.com");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("contoso.com", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("What email domains")).ToHaveValueAsync("");
        await _inspection.LookAsync(page, "add-provider-details");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Identifier (Entity ID)")).ToBeVisibleAsync();
        await page.GetByText("XML", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Metadata as XML").FillAsync(SampleMetadata.Xml(DateTimeOffset.UtcNow.AddDays(340)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(SampleMetadata.EntityId).First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "add-provider-connect");
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "Next" }))
            .ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "add-provider-review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Heading(page, "Contoso")).ToBeVisibleAsync();
    }

    private async Task<(string BaseUrl, string Token, string OrganizationId)> EnableScimAsync(IPage page)
    {
        await Assertions.Expect(page.GetByText("Not enabled")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "provider");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enable SCIM" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "scim-dialog");
        await dialog.GetByText("Enable SCIM provisioning").ClickAsync();

        await Assertions.Expect(dialog.GetByText("The token is shown only now. Store it in a safe place.")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "token-dialog");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        var token = await CopyAsync(page, dialog, "Copy token");
        var baseUrl = await CopyAsync(page, dialog, "Copy base URL");
        var organizationId = await CopyAsync(page, dialog, "Copy organization ID");

        var done = dialog.GetByRole(AriaRole.Button, new() { Name = "Done" });
        await done.ClickAsync();
        await Assertions.Expect(dialog.GetByText("Tick the box first")).ToBeVisibleAsync();
        await dialog.GetByLabel("I have stored this token").CheckAsync();
        await done.ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("Waiting for first request").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "provider-waiting");
        return (baseUrl, token, organizationId);
    }

    private static async Task ProvisionAsync(string baseUrl, string token, string organizationId)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var user = await PostAsync(
            client,
            $"{baseUrl}/Users",
            $$"""
            {
              "schemas": ["{{UserSchema}}", "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User"],
              "externalId": "0f6a8c1e",
              "userName": "grace@contoso.com",
              "displayName": "Grace Hopper",
              "name": { "givenName": "Grace", "familyName": "Hopper" },
              "emails": [{ "value": "grace@contoso.com", "type": "work", "primary": true }],
              "active": true,
              "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User": { "organizationId": "{{organizationId}}" }
            }
            """
        );
        await PostAsync(
            client,
            $"{baseUrl}/Groups",
            $$"""{ "schemas": ["{{GroupSchema}}"], "displayName": "Helpdesk-L1", "members": [{ "value": "{{user.GetProperty("id").GetString()}}" }] }"""
        );
    }

    private async Task SeeThePersonAsync(IPage page)
    {
        // Nobody reloads the page: the first request turns the chip.
        await Assertions.Expect(page.GetByTestId("scim-widget").GetByText("Active", new() { Exact = true })).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "provider-active");
        await NavigateAsync(page, "All users");
        await page.GetByRole(AriaRole.Link, new() { Name = "grace@contoso.com" }).First.WaitForAsync();
        await _inspection.LookAsync(page, "users");
        await page.GetByRole(AriaRole.Link, new() { Name = "grace@contoso.com" }).First.ClickAsync();
        await Assertions.Expect(Heading(page, "Grace Hopper")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Managed by Contoso").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "user");
        foreach (var tab in new[] { "Groups", "Activities", "SCIM data" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await _inspection.LookAsync(page, $"user-{tab.ToLowerInvariant().Replace(' ', '-')}");
        }

        await NavigateAsync(page, "Groups");
        await page.GetByRole(AriaRole.Link, new() { Name = "Helpdesk-L1" }).First.ClickAsync();
        await Assertions.Expect(Heading(page, "Helpdesk-L1")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "group");
        await NavigateAsync(page, "Activities");
        await Assertions.Expect(page.GetByText("Grace Hopper").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "activities");
        await NavigateAsync(page, "Dashboard");
        await Assertions.Expect(page.GetByText("Nothing needs your attention.")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "dashboard");
        await NavigateAsync(page, "Identity Providers");
        await _inspection.LookAsync(page, "providers");
        await page.GetByRole(AriaRole.Tab, new() { Name = "SCIM tokens" }).ClickAsync();
        await _inspection.LookAsync(page, "tokens");
    }

    private static void AssertNowhere(PortalProcess portal, string token)
    {
        // The part behind the public id, which may be shown.
        var secret = Encoding.ASCII.GetBytes(token[(token.LastIndexOf('_') + 1)..]);
        foreach (var file in Directory.EnumerateFiles(portal.DataDirectory, "*", SearchOption.AllDirectories))
        {
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(secret) < 0, $"The secret of the token is in {Path.GetFileName(file)}.");
        }

        Assert.DoesNotContain(Encoding.ASCII.GetString(secret), portal.Log, StringComparison.Ordinal);
    }

    private static async Task<string> CopyAsync(IPage page, ILocator dialog, string button)
    {
        // The word of the button before may still stand there, so the clipboard itself tells when this one has copied.
        await page.EvaluateAsync("() => navigator.clipboard.writeText('')");
        await dialog.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.WaitForFunctionAsync("async () => (await navigator.clipboard.readText()) !== ''");
        await Assertions.Expect(dialog.GetByText("Copied").First).ToBeVisibleAsync();
        return await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        using var response = await client.PostAsync(new Uri(address), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task NavigateAsync(IPage page, string entry)
    {
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = entry, Exact = true }).First.ClickAsync();
        await Assertions.Expect(Heading(page, entry)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
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
