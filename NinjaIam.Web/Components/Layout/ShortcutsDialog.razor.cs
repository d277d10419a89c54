using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace NinjaIam.Web.Components.Layout;

/// <summary>The keys that do something on every page. Those that are a single character can be switched off in this browser.</summary>
public sealed partial class ShortcutsDialog(IJSRuntime scripts) : ComponentBase
{
    private static readonly (string Keys, string Act)[] Shortcuts =
    [
        ("/", LayoutTexts.ShortcutSearch),
        ("?", LayoutTexts.ShortcutList),
        (LayoutTexts.KeyEscape, LayoutTexts.ShortcutEscape),
        (LayoutTexts.KeyControlEnter, LayoutTexts.ShortcutSave),
        (LayoutTexts.KeyArrows, LayoutTexts.ShortcutArrows),
        (LayoutTexts.KeySpace, LayoutTexts.ShortcutToggle),
    ];

    private bool? _singleKeys;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    public static Task ShowAsync(IDialogService dialogs) =>
        dialogs.ShowAsync<ShortcutsDialog>(
            LayoutTexts.Shortcuts,
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                CloseOnEscapeKey = true,
            }
        );

    protected override async Task OnInitializedAsync()
    {
        await using var module = await ImportAsync();
        _singleKeys = await module.InvokeAsync<bool>("singleKeysAreOn");
    }

    private async Task TurnAsync(bool on)
    {
        await using var module = await ImportAsync();
        await module.InvokeVoidAsync("turnSingleKeys", on);
        _singleKeys = on;
    }

    private ValueTask<IJSObjectReference> ImportAsync() => scripts.InvokeAsync<IJSObjectReference>("import", "./js/shortcuts.js");

    private void Close() => Dialog.Close();
}
