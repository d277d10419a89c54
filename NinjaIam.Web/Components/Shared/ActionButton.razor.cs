using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// A button whose label is a verb and its object. While its work runs it ignores clicks, keeps its width and shows the busy
/// text. A disabled one stays focusable, so that the reason beside it (<see cref="ReasonId"/>) can be heard.
/// </summary>
public sealed partial class ActionButton : ComponentBase
{
    private bool _working;

    [Parameter]
    public ButtonVariant Variant { get; set; } = ButtonVariant.Outlined;

    [Parameter]
    public string? Icon { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public EventCallback OnClick { get; set; }

    /// <summary>Makes it a link that looks like a button.</summary>
    [Parameter]
    public string? Href { get; set; }

    /// <summary>Submits the form around it instead of handling the click.</summary>
    [Parameter]
    public bool Submits { get; set; }

    /// <summary>Set it when the work is done elsewhere; work started by the click is noticed without it.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What it says while it works; give one to every button that saves or fetches.</summary>
    [Parameter]
    public string? BusyText { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The id of the element that says why the button is disabled.</summary>
    [Parameter]
    public string? ReasonId { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? More { get; set; }

    // Work that has no busy text is usually a question to the person: the button waits for the answer and says nothing.
    private bool IsBusy => Busy || (_working && BusyText is not null);

    private bool Blocked => Disabled || IsBusy;

    private string Classes =>
        "button "
        + Variant switch
        {
            ButtonVariant.Primary => "button-primary",
            ButtonVariant.DangerOutlined => "button-danger-outlined",
            ButtonVariant.Danger => "button-danger",
            ButtonVariant.Text => "button-text",
            _ => "button-outlined",
        }
        + (IsBusy ? " button-busy" : null);

    private async Task ClickAsync()
    {
        if (Blocked || _working)
        {
            return;
        }

        _working = true;
        try
        {
            await OnClick.InvokeAsync();
        }
        finally
        {
            _working = false;
        }
    }
}
