using Microsoft.Playwright;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// A technician and an end user are invited, choose a password, land on a page of their own, change their phone number, and the technician
/// ends a session elsewhere: each page inspected.
/// </summary>
[Collection(JourneyCollection.Name)]
public sealed class PermittedJourney(Chromium chromium)
{
    private const string Password = "a long enough password";

    private readonly Inspection _inspection = new();

    [BrowserFact]
    [Proves("rule-38", "rule-47", "rule-50")]
    public async Task Technicians_and_end_users_land_on_pages_of_their_own()
    {
        await using var portal = await PortalProcess.StartAsync("demo");

        await chromium.RunAsync(
            "permitted",
            portal.Address,
            async page =>
            {
                await SignInAsync(page, portal.Email, portal.Password);
                await Assertions.Expect(Heading(page, "Dashboard")).ToBeVisibleAsync();
                var technician = await InviteAsync(page, "technician", "Tom", "tom@staff.example", "Help desk");
                var endUser = await InviteAsync(page, "end-user", "Eva", "eva@staff.example", "Employee");
                await SignOutAsync(page);
                await WorkAsync(page, technician);
                await SignOutAsync(page);
                await LookAtOneselfAsync(page, endUser);
                _inspection.AssertNothingFound();
            }
        );
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email").FillAsync(email);
        await page.Locator("input[type=password]").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByTestId("account-menu-button").ClickAsync();
        await page.GetByTestId("sign-out").ClickAsync();
        await page.WaitForURLAsync("**/sign-in**");
    }

    private static async Task<string> InviteAsync(IPage page, string kind, string firstName, string email, string role)
    {
        await page.GotoAsync("/administration/accounts/users");
        await Assertions.Expect(Heading(page, "All users")).ToBeVisibleAsync();
        await page.GetByTestId("page-actions").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByTestId($"add-{kind}").ClickAsync();
        await page.GetByTestId("add-first-name").FillAsync(firstName);
        await page.GetByTestId("add-last-name").FillAsync("Berg");
        await page.GetByTestId("add-email").FillAsync(email);
        await page.GetByTestId("add-all-organizations").CheckAsync();
        await page.GetByLabel(role, new() { Exact = true }).CheckAsync();
        await page.GetByTestId("add-person").ClickAsync();
        var invitation = await page.GetByTestId("invitation-address").GetByTestId("copy-value").InnerTextAsync();
        await page.GetByTestId("add-done").ClickAsync();
        await Assertions.Expect(page.GetByTestId("add-done")).ToBeHiddenAsync();
        return invitation;
    }

    private static async Task AcceptAsync(IPage page, string invitation)
    {
        await page.GotoAsync(invitation);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByTestId("accept-invitation").ClickAsync();
    }

    private static async Task ChangePhoneAsync(IPage page)
    {
        await page.GetByTestId("own-phone").FillAsync("+49 30 1234");
        await page.GetByTestId("save-own-settings").ClickAsync();
        await Assertions.Expect(page.GetByTestId("own-settings-saved")).ToHaveTextAsync("Saved.");
    }

    private async Task WorkAsync(IPage page, string invitation)
    {
        await AcceptAsync(page, invitation);
        await Assertions.Expect(Heading(page, "Home")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("my-permission").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "home");
        await page.GetByTestId("open-users").ClickAsync();
        await Assertions.Expect(Heading(page, "Users")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("user").First).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "permitted-users");
        await page.Locator(".list-table").GetByTestId("user").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("own-settings")).ToBeVisibleAsync();
        await _inspection.LookAsync(page, "permitted-user");

        await page.GotoAsync("/administration/accounts/users");
        await Assertions.Expect(page.GetByTestId("not-allowed")).ToBeVisibleAsync();
        await _inspection.LookAtAsync(page, "not-allowed", Inspection.Wide);

        await page.GotoAsync("/profile");
        await Assertions.Expect(Heading(page, "My profile")).ToBeVisibleAsync();
        await ChangePhoneAsync(page);
        await using var elsewhere = await page.Context.Browser!.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = new Uri(page.Url).GetLeftPart(UriPartial.Authority) }
        );
        var other = await elsewhere.NewPageAsync();
        await SignInAsync(other, "tom@staff.example", Password);
        await Assertions.Expect(Heading(other, "Home")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("session")).ToHaveCountAsync(2);
        await _inspection.LookAsync(page, "technician-profile");
        await page.GetByTestId("end-session").ClickAsync();
        await other.WaitForURLAsync("**/sign-in**");
        await Assertions.Expect(page.GetByTestId("session")).ToHaveCountAsync(1);
    }

    private async Task LookAtOneselfAsync(IPage page, string invitation)
    {
        await AcceptAsync(page, invitation);
        await Assertions.Expect(Heading(page, "My profile")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("my-organizations")).ToBeVisibleAsync();
        await ChangePhoneAsync(page);
        await _inspection.LookAsync(page, "end-user-profile");
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
