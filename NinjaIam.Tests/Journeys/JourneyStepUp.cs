using Microsoft.Playwright;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Journeys;

/// <summary>How journeys prove who they are, beyond the password of a sign-in.</summary>
internal static class JourneyStepUp
{
    /// <summary>Gives the password where a dialog asks for it again, as it does once a journey takes longer than five minutes.</summary>
    public static async Task ConfirmIfAskedAsync(this IPage page, string password)
    {
        var field = page.GetByTestId("step-up-password");
        if (await field.IsVisibleAsync())
        {
            await field.FillAsync(password);
        }
    }

    /// <summary>Sets up the second factor that the first sign-in of a system administrator asks for.</summary>
    /// <param name="look">Looks at each of the two pages.</param>
    public static async Task SetUpSecondFactorAsync(this IPage page, Func<string, Task>? look = null)
    {
        look ??= _ => Task.CompletedTask;
        await page.GetByRole(AriaRole.Heading, new() { Name = "Set up your second factor" }).WaitForAsync();
        await look("second-factor");
        var app = new AuthenticatorApp(await page.GetByTestId("authenticator-key").InnerTextAsync());
        await page.GetByLabel("Code").FillAsync(app.CodeAt(DateTimeOffset.UtcNow));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up and sign in" }).ClickAsync();
        await page.GetByTestId("recovery-codes").WaitForAsync();
        await look("recovery-codes");
        await page.GetByTestId("codes-stored").ClickAsync();
    }
}
