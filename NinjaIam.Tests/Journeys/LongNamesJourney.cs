using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>The longest names that somebody may have, and a language with longer words, on every list and page, narrow to wide.</summary>
[Collection(JourneyCollection.Name)]
public sealed class LongNamesJourney(Chromium chromium)
{
    private const string ProviderName = "Contoso International Holdings and Partners Aktiengesellschaft, Identity and Access";
    private const string PersonName = "Maximiliane Elisabeth Friederike Hohenstein-Gräfenberg von und zu Oberammergau";
    private const string UserName =
        "maximiliane-elisabeth.hohenstein-graefenberg@a-very-long-subdomain.department.of.identity.contoso.example";
    private const string GroupName =
        "All-Employees-Of-The-International-Holding-And-Every-PartnerCompanyWorldwideIncludingContractors-2027";

    private static readonly (int Width, int Height)[] Sizes = [(360, 780), (768, 1024), (1440, 900)];

    private readonly List<string> _findings = [];

    [BrowserFact]
    public async Task Nothing_is_cut_off_covered_or_out_of_reach()
    {
        await using var portal = await PortalProcess.StartAsync("demo", "--bare");
        var (person, group) = await ProvisionAsync(portal);

        await chromium.RunAsync(
            "long-names",
            portal.Address,
            async page =>
            {
                await SignInAsync(page, portal);
                var provider = await RenameAsync(page);
                foreach (var (name, address) in Pages(provider, person, group, await NewestActivityAsync(page)))
                {
                    await LookAsync(page, name, address);
                }

                Assert.True(_findings.Count == 0, string.Join(Environment.NewLine, _findings));
            }
        );

        // Every page was left by opening the next one at its address, which ends what served it.
        Assert.DoesNotContain("fail:", portal.Log, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Address)> Pages(string provider, string person, string group, string activity) =>
        [
            ("dashboard", "/"),
            ("providers", "/administration/accounts/identity-providers"),
            ("tokens", "/administration/accounts/identity-providers?tab=tokens"),
            ("provider", provider),
            ("provider single sign-on", $"{provider}?tab=single-sign-on"),
            ("provider users", $"{provider}?tab=users"),
            ("provider activities", $"{provider}?tab=activities"),
            ("provider setup guide", $"{provider}?tab=setup"),
            ("provider settings", $"{provider}?tab=settings"),
            ("users", "/administration/accounts/users"),
            ("user", $"/administration/accounts/users/{person}"),
            ("user groups", $"/administration/accounts/users/{person}?tab=groups"),
            ("user roles", $"/administration/accounts/users/{person}?tab=roles"),
            ("user activities", $"/administration/accounts/users/{person}?tab=activities"),
            ("user SCIM data", $"/administration/accounts/users/{person}?tab=scim"),
            ("groups", "/administration/accounts/groups"),
            ("group", $"/administration/accounts/groups/{group}"),
            ("group activities", $"/administration/accounts/groups/{group}?tab=activities"),
            ("technician roles", "/administration/accounts/technician-roles"),
            ("end user roles", "/administration/accounts/end-user-roles"),
            ("organizations", "/administration/organizations"),
            ("settings", "/administration/settings"),
            ("schemas", "/administration/settings?tab=schemas"),
            ("schema", "/administration/settings/schemas/urn:ietf:params:scim:schemas:core:2.0:User"),
            ("activities", "/activities"),
            ("activity", activity),
            ("activity request", $"{activity}&view=request"),
            ("activity response", $"{activity}&view=response"),
            ("profile", "/profile"),
        ];

    private async Task LookAsync(IPage page, string name, string address)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.GotoAsync(address);
            // The first answer is drawn by the server; the page, or the panel on it, listens only once it is drawn again.
            await Assertions.Expect(page.Locator(":is(h1, h2):focus")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await KeepAsync(page, $"{name} {width}");
            await RenderedLayout.LengthenAsync(page);
            await KeepAsync(page, $"{name} {width}, longer words");
        }
    }

    private async Task KeepAsync(IPage page, string where) =>
        _findings.AddRange((await RenderedLayout.FindingsAsync(page)).Select(finding => $"{where}: {finding}"));

    private static async Task SignInAsync(IPage page, PortalProcess portal)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Email").FillAsync(portal.Email);
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(portal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" }).WaitForAsync();
    }

    /// <summary>Gives the provider its long name and a long domain, and answers the address of its page.</summary>
    private static async Task<string> RenameAsync(IPage page)
    {
        await page.GotoAsync("/administration/accounts/identity-providers");
        await page.GetByTestId("provider-link").First.ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Settings" }).ClickAsync();
        await page.GetByLabel("Display name").FillAsync(ProviderName);
        await page.GetByLabel("What email domains").FillAsync("a-very-long-subdomain.department.of.identity.contoso.example");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("save-settings").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = ProviderName }).WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>The address of the newest activity that a request of the identity provider made.</summary>
    private static async Task<string> NewestActivityAsync(IPage page)
    {
        await page.GotoAsync("/activities?kind=groups");
        var link = page.GetByTestId("activity").First;
        await link.WaitForAsync();
        return new Uri(new Uri(page.Url), await link.GetAttributeAsync("href")).PathAndQuery;
    }

    private static async Task<(string Person, string Group)> ProvisionAsync(PortalProcess portal)
    {
        var person = await PostAsync(
            portal,
            "Users",
            new
            {
                schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" },
                userName = UserName,
                displayName = PersonName,
                emails = new[]
                {
                    new
                    {
                        value = UserName,
                        type = "work",
                        primary = true,
                    },
                },
            }
        );
        var group = await PostAsync(
            portal,
            "Groups",
            new
            {
                schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:Group" },
                displayName = GroupName,
                members = new[] { new { value = person } },
            }
        );
        return (person, group);
    }

    private static async Task<string> PostAsync(PortalProcess portal, string endpoint, object resource)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", portal.ScimToken);
        using var content = new StringContent(JsonSerializer.Serialize(resource), Encoding.UTF8, "application/scim+json");
        using var response = await client.PostAsync(new Uri($"{portal.ScimBaseUrl}/{endpoint}"), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("id").GetString()!;
    }
}
