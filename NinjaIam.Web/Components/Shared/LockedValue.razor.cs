using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A value that somebody else decides: plain text with a lock. Say why once per section, not here.</summary>
public sealed partial class LockedValue : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Value { get; set; }

    /// <summary>What stands under the value, for example a chip when it differs.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string? TestId { get; set; }
}
