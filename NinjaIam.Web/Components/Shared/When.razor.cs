using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A moment, written so that it stays true while the page is open; an en dash for none.</summary>
public sealed partial class When(PersonClock clock) : ComponentBase, IDisposable
{
    private string? _text;

    [Parameter, EditorRequired]
    public required DateTimeOffset? Moment { get; set; }

    [Parameter]
    public WhenForm Form { get; set; }

    [Parameter]
    public string TestId { get; set; } = "when";

    public void Dispose() => clock.Ticked -= OnTicked;

    protected override void OnInitialized() => clock.Ticked += OnTicked;

    protected override void OnParametersSet() => _text = Text();

    private string Exact(DateTimeOffset moment) => Wording.Exact(moment, clock);

    private string? Text() =>
        Moment is not { } moment ? null
        : Form == WhenForm.Full ? Wording.Full(moment, clock)
        : Wording.Near(moment, clock);

    private void OnTicked() => _ = InvokeAsync(Rewrite);

    // Most ticks change nothing, and a list has hundreds of moments.
    private void Rewrite()
    {
        var text = Text();
        if (text != _text)
        {
            _text = text;
            StateHasChanged();
        }
    }
}
