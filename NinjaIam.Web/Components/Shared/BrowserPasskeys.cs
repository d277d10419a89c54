using Microsoft.JSInterop;
using NinjaIam.Core.Outcomes;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Lets the browser of an open page ask for passkeys, and send what they answer itself: it has the cookies.</summary>
internal static class BrowserPasskeys
{
    // Longer than a challenge lasts: the browser ends the question.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static readonly Refusal Cancelled = new(RefusalKind.InvalidValue, SharedTexts.PasskeyCancelled);
    private static readonly Refusal Failed = new(RefusalKind.InvalidValue, SharedTexts.PasskeyFailed);

    /// <summary>Proves again who the person is. Null when they did.</summary>
    public static Task<Refusal?> ConfirmByPasskeyAsync(this IJSRuntime scripts) =>
        AskAsync(scripts, "confirm", PasskeyEndpoints.StepUpOptionsPath, PasskeyEndpoints.StepUpPath);

    /// <summary>Adds a passkey to the person's account. Null when it was.</summary>
    public static Task<Refusal?> AddPasskeyAsync(this IJSRuntime scripts, string name) =>
        AskAsync(scripts, "add", PasskeyEndpoints.AddOptionsPath, PasskeyEndpoints.AddPath, name);

    private static async Task<Refusal?> AskAsync(IJSRuntime scripts, string what, params object[] arguments)
    {
        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/passkeys.js");
            var answer = await module.InvokeAsync<PasskeyOutcome?>(what, Patience, arguments);
            return answer switch
            {
                { Done: true } => null,
                { Outcome: "cancelled" } => Cancelled,
                { Detail: { } detail } => new Refusal(
                    Enum.TryParse<RefusalKind>(answer.Kind, out var kind) ? kind : RefusalKind.InvalidValue,
                    detail,
                    answer.Field
                ),
                _ => Failed,
            };
        }
        catch (JSException)
        {
            // The script or our answer could not be fetched, on a bad connection. The person is told, and tries again.
            return Failed;
        }
        catch (TaskCanceledException)
        {
            return Cancelled;
        }
    }

    /// <summary>What the script answers.</summary>
    internal sealed record PasskeyOutcome(bool Done, string? Outcome, string? Kind, string? Field, string? Detail);
}
