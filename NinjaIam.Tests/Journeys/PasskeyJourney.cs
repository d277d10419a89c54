using Microsoft.Playwright;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace NinjaIam.Tests.Journeys;

/// <summary>A passkey from its first to its last day, of the authenticator that Chromium plays itself.</summary>
[Collection(JourneyCollection.Name)]
public sealed class PasskeyJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.CreateAdministratorAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [BrowserFact]
    public async Task A_passkey_is_added_signs_in_confirms_and_is_removed()
    {
        // Browsers know no passkeys for an address of numbers.
        var address = new Uri($"http://localhost:{_portal.Address.Port}");
        _portal.Get<PortalAddress>().Set(address, isConfigured: true);

        var inspection = new Inspection();
        await chromium.RunAsync(
            "passkey",
            address,
            async page =>
            {
                await PlugInAsync(page);
                await page.GotoAsync("/sign-in?returnUrl=%2Fprofile");
                await page.GetByTestId("with-passkey").WaitForAsync();
                await inspection.LookAtAsync(page, "sign-in-passkey", Inspection.Wide);
                await page.GetByLabel("Email").FillAsync(PortalHost.Email);
                await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(PortalHost.Password);
                await page.GetByTestId("sign-in").ClickAsync();
                await page.GetByTestId("add-passkey").ClickAsync();
                await page.GetByLabel("Name of the passkey").FillAsync("My laptop");
                await inspection.LookAtAsync(page, "passkey-add", Inspection.Wide);
                await page.GetByTestId("save-passkey").ClickAsync();
                await Expect(page.GetByTestId("passkey")).ToContainTextAsync("My laptop");
                await Expect(page.GetByTestId("passkey")).ToContainTextAsync("Not used yet");

                await page.GetByTestId("account-menu-button").ClickAsync();
                await page.GetByTestId("sign-out").ClickAsync();
                await page.WaitForURLAsync("**/sign-in**");
                await page.GotoAsync("/sign-in?returnUrl=%2Fprofile");
                await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
                await Expect(page.GetByTestId("passkey")).ToContainTextAsync("Last used");

                _portal.Advance(StepUpGuard.Lasts);
                await page.GetByTestId("remove-passkey").ClickAsync();
                await Expect(page.GetByTestId("step-up")).ToContainTextAsync("Confirm it is you: passkey");
                await inspection.LookAtAsync(page, "passkey-remove", Inspection.Narrow);
                await page.GetByTestId("confirm").ClickAsync();
                await page.GetByTestId("no-passkey").WaitForAsync();
                inspection.AssertNothingFound();
            }
        );
    }

    private static async Task PlugInAsync(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
