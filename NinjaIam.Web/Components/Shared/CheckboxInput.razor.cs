using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A yes or no that takes effect when its form is saved.</summary>
public sealed partial class CheckboxInput : ComponentBase
{
    private readonly string _id = $"input-{Guid.NewGuid():N}";
    private ElementReference _input;

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
    public string? Error { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    public ValueTask FocusAsync() => _input.FocusAsync();

    private Task ChangeAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value is true);
}
