using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// A value to carry elsewhere. It is text, not an input, so that no password manager offers to keep it. If the browser
/// refuses to copy, the value is shown and selected, and the field says so until it has worked.
/// </summary>
public sealed partial class CopyField(IJSRuntime scripts) : ComponentBase, IDisposable
{
    private readonly string _labelId = $"copy-{Guid.NewGuid():N}";
    private ElementReference _text;
    private bool _revealed;
    private bool _blocked;
    private bool _selectAfterRender;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Copied exactly, whatever is shown.</summary>
    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>What stands in place of the value until Show is pressed; null shows the value at once.</summary>
    [Parameter]
    public string? Masked { get; set; }

    /// <summary>Whether a button elsewhere was refused this copy already: then the value is selected at once.</summary>
    [Parameter]
    public bool Blocked { get; set; }

    [Parameter]
    public string? Helper { get; set; }

    /// <summary>Told after each try whether the value is in the clipboard.</summary>
    [Parameter]
    public EventCallback<bool> OnTried { get; set; }

    [Parameter]
    public string? TestId { get; set; }

    // It may have been a secret, which must not outlive its moment on the screen.
    public void Dispose() => Value = "";

    private string Shown => Masked is null || _revealed ? Value : Masked;

    protected override void OnInitialized() => (_blocked, _revealed, _selectAfterRender) = (Blocked, Blocked, Blocked);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_selectAfterRender)
        {
            return;
        }

        _selectAfterRender = false;
        await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/clipboard.js");
        await module.InvokeVoidAsync("select", _text);
    }

    private void Reveal() => _revealed = !_revealed;

    private async Task TriedAsync(bool copied)
    {
        _blocked = !copied;
        if (_blocked)
        {
            // Ctrl+C takes what is on the screen, so the mask has to go first.
            _revealed = true;
            _selectAfterRender = true;
        }

        await OnTried.InvokeAsync(copied);
    }
}
