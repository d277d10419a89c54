using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A message that stands on the page until its cause is gone. Its content is the way out, usually one button.</summary>
public sealed partial class Notice : ComponentBase
{
    [Parameter]
    public StatusRole Role { get; set; } = StatusRole.Info;

    /// <summary>What happened, in bold; the text then says why and what to do.</summary>
    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public string? Text { get; set; }

    /// <summary>More than plain text, below the text.</summary>
    [Parameter]
    public RenderFragment? Body { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string TestId { get; set; } = "notice";

    private string Icon =>
        Role switch
        {
            StatusRole.Error => Icons.Material.Outlined.ErrorOutline,
            StatusRole.Warning => Icons.Material.Outlined.WarningAmber,
            StatusRole.Success => Icons.Material.Outlined.CheckCircle,
            _ => Icons.Material.Outlined.Info,
        };
}
