using Microsoft.Playwright;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>A session that ends takes its open pages with it.</summary>
[Collection(JourneyCollection.Name)]
public sealed class SessionJourney(Chromium chromium)
{
    [BrowserFact]
    public async Task Signing_out_in_one_tab_closes_the_other_by_itself()
    {
        await using var portal = await PortalProcess.StartAsync();

        await chromium.RunAsync(
            "session",
            portal.Address,
            async page =>
            {
                await page.GotoAsync(portal.FirstRunLink);
                await page.GetByLabel("Full name").FillAsync("Ada Lind");
                await page.GetByLabel("Email").FillAsync("ada@contoso.com");
                await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("correct horse battery");
                await page.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
                await page.SetUpSecondFactorAsync();
                await page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" }).WaitForAsync();
                var other = await page.Context.NewPageAsync();
                await other.GotoAsync("/administration/organizations");
                await other.GetByRole(AriaRole.Heading, new() { Name = "Organizations" }).WaitForAsync();

                await page.GetByTestId("account-menu-button").ClickAsync();
                await page.GetByTestId("sign-out").ClickAsync();

                await page.WaitForURLAsync("**/sign-in**");
                await other.WaitForURLAsync("**/sign-in**");
            }
        );
    }
}
