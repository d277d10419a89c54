using Microsoft.Extensions.Logging;

namespace NinjaIam.Core.Journal;

public enum ChangeTopic
{
    Users,
    Groups,

    /// <summary>Resources of types that definitions define.</summary>
    Resources,
    Providers,
    Tokens,
    Organizations,
    Roles,
    Sessions,

    /// <summary>Mail was queued, sent or given up.</summary>
    Mail,

    /// <summary>Something was refused.</summary>
    Refusals,

    /// <summary>Something new was found out about a provider in preview.</summary>
    Preview,

    /// <summary>The request log has new rows.</summary>
    Requests,
}

/// <summary>What kind of thing changed, and where. It carries no content: whoever cares asks again.</summary>
/// <param name="ProviderId">The provider it belongs to; null when it belongs to none or to several.</param>
public readonly record struct Change(ChangeTopic Topic, Guid? ProviderId = null);

/// <summary>Tells open pages, after a change is durable, that there is something new to read.</summary>
public sealed partial class ChangeFeed(ILogger<ChangeFeed> logger)
{
    private readonly Lock _lock = new();
    private Action<Change>[] _listeners = [];

    /// <summary>Hears every change until the answer is disposed. Called on the publisher's thread: return at once.</summary>
    public IDisposable Subscribe(Action<Change> listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
        }

        return new Subscription(this, listener);
    }

    public void Publish(Change change)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                listener(change);
            }
            catch (Exception exception)
            {
                // One page that is being closed must not keep the others from hearing, nor fail a write that is already durable.
                ListenerFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A listener of the change feed failed.")]
    private partial void ListenerFailed(Exception exception);

    private void Remove(Action<Change> listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
        }
    }

    private sealed class Subscription(ChangeFeed feed, Action<Change> listener) : IDisposable
    {
        public void Dispose() => feed.Remove(listener);
    }
}
