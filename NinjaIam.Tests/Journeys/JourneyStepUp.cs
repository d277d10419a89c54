using Microsoft.Playwright;

namespace NinjaIam.Tests.Journeys;

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
}
