using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A switch that takes effect at once. Its owner sets <see cref="Value"/> only after the server has agreed, so a refusal leaves it where it was.</summary>
public sealed partial class ToggleInput : ComponentBase
{
    private readonly string _id = $"input-{Guid.NewGuid():N}";
    private bool _shown;
    private bool _changing;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    [Parameter]
    public bool Value { get; set; }

    [Parameter]
    public EventCallback<bool> ValueChanged { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    protected override void OnParametersSet() => _shown = _changing ? _shown : Value;

    // The switch has moved by itself. It goes back only when it is told where it stands and then where it should.
    private async Task ChangeAsync(bool value)
    {
        (_changing, _shown) = (true, value);
        try
        {
            await Task.Yield();
            await ValueChanged.InvokeAsync(value);
        }
        finally
        {
            (_changing, _shown) = (false, Value);
        }
    }
}
