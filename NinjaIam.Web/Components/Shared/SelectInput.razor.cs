using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>One of several values. The browser's own list, which every keyboard and phone knows.</summary>
public sealed partial class SelectInput : ComponentBase
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

    [Parameter, EditorRequired]
    public required IReadOnlyList<Option> Options { get; set; }

    /// <summary>Offered as the choice of none, whose value is the empty text.</summary>
    [Parameter]
    public string? EmptyText { get; set; }

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    private Task ChangeAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value as string ?? "");
}
