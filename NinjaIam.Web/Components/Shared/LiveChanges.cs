using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Journal;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// Shows nothing and tells its page when there is something to read: once as soon as changes are heard, so that none falls
/// between the first reading and the listening, and again after something the page cares about has changed. The page does not
/// read by itself before; a list that does stands below it. Changes that come close together are told once.
/// </summary>
public sealed class LiveChanges(ChangeFeed feed, TimeProvider time) : ComponentBase, IDisposable
{
    private IDisposable? _subscription;
    private ITimer? _timer;
    private int _waiting;

    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChangeTopic> Topics { get; set; }

    /// <summary>Only changes of this provider, and those that belong to none or several; null for all.</summary>
    [Parameter]
    public Guid? ProviderId { get; set; }

    /// <summary>How long changes are collected. Lists over everything, which are dearer to read, take longer.</summary>
    [Parameter]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks for what is shown, the first time and again.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnChange { get; set; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _timer?.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _timer = time.CreateTimer(_ => _ = TellAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = feed.Subscribe(Hear);
        return OnChange.InvokeAsync();
    }

    // On the publisher's thread, perhaps thousands of times a second: no more than a look and a timer.
    private void Hear(Change change)
    {
        if (
            Topics.Contains(change.Topic)
            && (ProviderId is null || change.ProviderId is null || change.ProviderId == ProviderId)
            && Interlocked.Exchange(ref _waiting, 1) == 0
        )
        {
            _timer?.Change(Pace, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task TellAsync()
    {
        try
        {
            await InvokeAsync(async () =>
            {
                Interlocked.Exchange(ref _waiting, 0);
                await OnChange.InvokeAsync();
            });
        }
        catch (ObjectDisposedException)
        {
            // The page was left while the news was on its way.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }
}
