using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Account;

/// <summary>One field of a plain form, which works without a circuit and without scripts. A password can be shown where scripts run.</summary>
public sealed partial class PlainInput : ComponentBase
{
    /// <summary>The name under which the form sends it; also its id.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    [Parameter]
    public string? Error { get; set; }

    /// <summary>What password managers and browsers fill in.</summary>
    [Parameter, EditorRequired]
    public required string AutoComplete { get; set; }

    [Parameter]
    public int? MaxLength { get; set; }

    [Parameter]
    public bool Focused { get; set; }
}
