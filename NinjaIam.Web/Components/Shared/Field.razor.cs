using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>The label above an input, and the help and error under it, tied to the input by id.</summary>
public sealed partial class Field : ComponentBase
{
    [Parameter, EditorRequired]
    public required string InputId { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    /// <summary>What an input has to name in <c>aria-describedby</c>.</summary>
    public static string? DescribedBy(string inputId, string? helper, string? error) =>
        (error, helper) switch
        {
            (not null, not null) => $"{ErrorId(inputId)} {HelperId(inputId)}",
            (not null, null) => ErrorId(inputId),
            (null, not null) => HelperId(inputId),
            _ => null,
        };

    internal static string HelperId(string inputId) => $"{inputId}-helper";

    internal static string ErrorId(string inputId) => $"{inputId}-error";
}
