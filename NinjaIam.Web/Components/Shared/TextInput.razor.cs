using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>One line of text, or several. The value follows every key.</summary>
public sealed partial class TextInput : ComponentBase
{
    private readonly string _id = $"input-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>Of the input element: text, email, url, password, number.</summary>
    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public int Lines { get; set; } = 1;

    [Parameter]
    public int? MaxLength { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string AutoComplete { get; set; } = "off";

    /// <summary>For addresses, tokens and IDs.</summary>
    [Parameter]
    public bool Monospace { get; set; }

    private Task ChangeAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value as string ?? "");
}
