using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;

namespace NinjaIam.Web.Accounts;

/// <summary>The one place where somebody whom an identity provider vouched for goes on: to the second factor, or signed in.</summary>
public sealed class SignInCompletion(SignInSteps steps, Sessions sessions)
{
    /// <summary>Takes the next step of the sign-in. Answers where the person goes, or null when they may not sign in any more.</summary>
    /// <param name="withSecondFactor">The identity provider said that it asked for a second factor, on which an administrator relies.</param>
    /// <param name="returnPath">Where they wanted to go; anything but a page of ours means the start page.</param>
    public async Task<string?> FinishAsync(HttpContext context, Guid accountId, bool withSecondFactor, string? returnPath)
    {
        var origin = RequestOrigin.Anonymous(context);
        var first = withSecondFactor ? FirstFactor.IdentityProviderWithSecondFactor : FirstFactor.IdentityProvider;
        var step = await steps.AfterFirstAsync(accountId, first, origin, context.RequestAborted);
        if (step is SignInStep.SignedIn && context.User.SessionId() is { } former)
        {
            // The cookie is replaced; nobody could end that sign-in any more.
            await sessions.EndAsync(former, CurrentPerson.OriginOf(context.User), context.RequestAborted);
        }

        return await context.ContinueAsync(step, LocalPath.Of(returnPath));
    }
}
