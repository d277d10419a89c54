using Microsoft.AspNetCore.Components;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Account;

/// <summary>A button that asks the browser for a passkey and posts the answer as the field "passkey".</summary>
public sealed partial class PasskeyForm : ComponentBase
{
    public const string Field = "passkey";

    [Parameter, EditorRequired]
    public required string FormName { get; set; }

    /// <summary>Where the script fetches the challenge.</summary>
    [Parameter, EditorRequired]
    public required string OptionsPath { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public ButtonVariant Variant { get; set; } = ButtonVariant.Outlined;

    [Parameter]
    public string? Error { get; set; }

    /// <summary>Told when the answer has come.</summary>
    [Parameter]
    public EventCallback OnAnswer { get; set; }
}
