using NinjaIam.Core.IdentityProviders;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>What each step of Add provider asks for.</summary>
internal static class AddProviderSteps
{
    private static readonly ProviderInputValidator Validator = new();

    /// <summary>The step at which somebody continues who left.</summary>
    public static AddProviderStep FirstOpen(ProviderDraftContent content) =>
        Furthest(content) is AddProviderStep.Review && content.Metadata is null ? AddProviderStep.Connect : Furthest(content);

    /// <summary>The last step that can be reached with what is entered. Connecting may be left for later.</summary>
    public static AddProviderStep Furthest(ProviderDraftContent content) =>
        content.Input.Vendor is null ? AddProviderStep.Provider
        : Wrong(content.Input).Any ? AddProviderStep.Details
        : AddProviderStep.Review;

    public static FieldErrors Wrong(ProviderInput input) => FieldErrors.Of(Validator, input);

    public static string TitleOf(AddProviderStep step) =>
        step switch
        {
            AddProviderStep.Provider => AddProviderTexts.StepProvider,
            AddProviderStep.Details => AddProviderTexts.StepDetails,
            AddProviderStep.Connect => AddProviderTexts.StepConnect,
            _ => AddProviderTexts.StepReview,
        };
}
