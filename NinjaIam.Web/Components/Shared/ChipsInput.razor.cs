using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace NinjaIam.Web.Components.Shared;

/// <summary>Several short texts. Enter, comma, space or leaving the field takes over what is typed; pasted lists are split.</summary>
public sealed partial class ChipsInput : ComponentBase
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\n', '\r'];

    private readonly string _id = $"input-{Guid.NewGuid():N}";
    private string _typed = "";

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
    public IReadOnlyList<string> Values { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<string>> ValuesChanged { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    private async Task TypedAsync(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        if (_typed.Any(Separators.Contains))
        {
            // Renders what was typed first: the renderer sends only differences, and would otherwise not see that the field was emptied.
            await Task.Yield();
            await TakeAsync();
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter")
        {
            await TakeAsync();
        }
        else if (key.Key == "Backspace" && _typed.Length == 0 && Values.Count > 0)
        {
            await RemoveAsync(Values[^1]);
        }
    }

    private async Task TakeAsync()
    {
        var added = _typed.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _typed = "";
        if (added.Length > 0)
        {
            await ValuesChanged.InvokeAsync([.. Values.Concat(added).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }
    }

    private Task RemoveAsync(string value) => ValuesChanged.InvokeAsync([.. Values.Where(kept => kept != value)]);
}
