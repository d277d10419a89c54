using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using NinjaIam.Core.Provisioning;
using NinjaIam.Web.Accounts;

namespace NinjaIam.Web.Components.Layout;

/// <summary>
/// Finds whatever has a page: people, providers, groups, organizations, roles, pages, and what happened in a request. It asks after a pause in
/// typing, and an answer to an older question is never shown.
/// </summary>
public sealed partial class SearchDialog(
    DirectorySearch search,
    CurrentPerson person,
    NavigationManager navigation,
    TimeProvider time,
    IJSRuntime scripts
) : ComponentBase, IDisposable
{
    private const int LongestText = 200;
    private const string ListId = "search-results";

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _typing;
    private IReadOnlyList<SearchResult> _found = [];
    private string _text = "";
    private string? _answered;
    private bool _isPartial;
    private int? _active;
    private bool _showsActive;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    private string Status =>
        _answered is null ? LayoutTexts.SearchHelp
        : _isPartial ? LayoutTexts.SearchPartial
        : _found.Count switch
        {
            0 => Shared.Wording.Fill(LayoutTexts.SearchNothing, _answered),
            1 => LayoutTexts.SearchCountOne,
            var count => Shared.Wording.Fill(LayoutTexts.SearchCount, count),
        };

    public static Task ShowAsync(IDialogService dialogs) =>
        dialogs.ShowAsync<SearchDialog>(
            LayoutTexts.Search,
            new DialogOptions
            {
                MaxWidth = MaxWidth.Small,
                FullWidth = true,
                CloseOnEscapeKey = true,
                BackdropClick = true,
                Position = DialogPosition.TopCenter,
            }
        );

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _typing?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_showsActive || _active is not { } active)
        {
            return;
        }

        _showsActive = false;
        try
        {
            await using var module = await scripts.InvokeAsync<IJSObjectReference>("import", "./js/search.js");
            await module.InvokeVoidAsync("show", OptionId(active));
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // Comfort only: the list can be scrolled.
        }
    }

    private static string OptionId(int place) => $"search-result-{place}";

    private async Task TypedAsync(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        _typing?.Cancel();
        _typing?.Dispose();
        _typing = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var token = _typing.Token;
        try
        {
            await Task.Delay(TypingPause, time, token);
            await FindAsync(token);
        }
        catch (OperationCanceledException)
        {
            // Something else was typed, or the dialog is closed.
        }
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        var text = _text.Trim();
        if (text.Length < DirectorySearch.ShortestText)
        {
            (_found, _answered, _isPartial, _active) = ([], null, false, null);
            return;
        }

        var hits = await search.FindAsync(await person.ActorAsync(), text, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        _found = [.. SearchResult.PagesOf(text), .. hits.Hits.Select(SearchResult.Of)];
        (_answered, _isPartial, _active) = (text, hits.IsPartial, _found.Count > 0 ? 0 : null);
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown":
                Move(1);
                break;
            case "ArrowUp":
                Move(-1);
                break;
            case "Enter":
                await OpenActiveAsync();
                break;
        }
    }

    private void Move(int by)
    {
        if (_found.Count > 0)
        {
            _active = ((_active ?? 0) + by + _found.Count) % _found.Count;
            _showsActive = true;
        }
    }

    // Whoever types fast means what they typed, not what is still shown for less of it.
    private async Task OpenActiveAsync()
    {
        if (_answered != _text.Trim())
        {
            _typing?.Cancel();
            await FindAsync(_leaving.Token);
        }

        if (_active is { } active)
        {
            Open(_found[active]);
        }
    }

    private void Open(SearchResult result)
    {
        Dialog.Close();
        navigation.NavigateTo(result.Address);
    }
}
