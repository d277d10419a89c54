using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// Copies the exact value and says so only if the browser did it. Where it stands alone, what to do after a refusal is the
/// owner's part: see <see cref="CopyField"/>.
/// </summary>
public sealed partial class CopyButton(IJSRuntime scripts, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private IJSObjectReference? _module;
    private bool _copied;

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    /// <summary>What the value is, for the button's name: "Copy base URL".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What the button says, where "Copy" alone does not tell what: "Copy as curl".</summary>
    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public bool IconOnly { get; set; }

    /// <summary>Told after each try whether the value is in the clipboard.</summary>
    [Parameter]
    public EventCallback<bool> OnTried { get; set; }

    [Parameter]
    public string TestId { get; set; } = "copy";

    public async ValueTask DisposeAsync()
    {
        // It may have been a secret.
        Value = "";
        await _leaving.CancelAsync();
        _leaving.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone and the module with it.
            }
        }
    }

    private async Task CopyAsync()
    {
        _module ??= await scripts.InvokeAsync<IJSObjectReference>("import", _leaving.Token, "./js/clipboard.js");
        _copied = await _module.InvokeAsync<bool>("copy", _leaving.Token, Value);
        await OnTried.InvokeAsync(_copied);
        if (!_copied)
        {
            return;
        }

        StateHasChanged();
        try
        {
            await Task.Delay(Shown, time, _leaving.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _copied = false;
    }
}
