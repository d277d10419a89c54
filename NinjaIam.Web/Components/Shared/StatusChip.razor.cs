using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A status as icon and word. The colour only repeats what the word says.</summary>
public sealed partial class StatusChip : ComponentBase
{
    [Parameter, EditorRequired]
    public required Status Status { get; set; }

    [Parameter]
    public string TestId { get; set; } = "status-chip";
}
