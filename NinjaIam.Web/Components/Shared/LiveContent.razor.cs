using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// What a page shows of something that may change meanwhile. It reads as soon as changes are heard and again after each one; a
/// reading that fails says so and can be repeated in place, while what was read before stays, dimmed. Give it a key when the
/// address decides what is read.
/// </summary>
public sealed partial class LiveContent(ILogger<LiveContent> log) : ComponentBase
{
    private Task _last = Task.CompletedTask;
    private int _asked;
    private int _answered;
    private bool _shown;
    private string? _failure;

    /// <summary>What the content depends on.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChangeTopic> Topics { get; set; }

    /// <summary>Only changes of this provider, and those that belong to none or several; null for all.</summary>
    [Parameter]
    public Guid? ProviderId { get; set; }

    /// <summary>How long changes are collected.</summary>
    [Parameter]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads what is shown. Never called while it is still at work.</summary>
    [Parameter, EditorRequired]
    public required EventCallback Load { get; set; }

    /// <summary>Where the page stands. Given to pages whose heading is part of the content: without content it is put there instead.</summary>
    [Parameter]
    public IReadOnlyList<Crumb>? Crumbs { get; set; }

    /// <summary>Shown once something was read.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>Reads again. When it ends, what is shown is no older than the call.</summary>
    public Task RefreshAsync() => _last = ReadAsync(_last, ++_asked);

    private async Task ReadAsync(Task before, int asked)
    {
        await before;
        if (asked <= _answered)
        {
            return;
        }

        _answered = _asked;
        try
        {
            await Load.InvokeAsync();
            (_shown, _failure) = (true, null);
        }
        catch (Exception failure)
        {
            _failure = Origin.NewRequestId();
            LoadFailed(log, _failure, failure);
        }

        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not be loaded (request {Request}).")]
    private static partial void LoadFailed(ILogger logger, string request, Exception failure);
}
