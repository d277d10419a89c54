namespace NinjaIam.Web.Components.Shared;

/// <summary>Now, and the time zone of the person on this circuit. It ticks, so that what says "2 min ago" stays true.</summary>
public sealed class PersonClock(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private readonly Lock _listening = new();
    private ITimer? _timer;
    private Action? _ticked;

    public event Action Ticked
    {
        add
        {
            lock (_listening)
            {
                _ticked += value;
                _timer ??= time.CreateTimer(_ => _ticked?.Invoke(), null, Pace, Pace);
            }
        }
        remove
        {
            lock (_listening)
            {
                _ticked -= value;
            }
        }
    }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>UTC until the browser has told.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <param name="name">The name the browser gives its zone; one that is not known here leaves the zone as it is.</param>
    public void UseZone(string? name)
    {
        if (name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            Zone = zone;
            _ticked?.Invoke();
        }
    }

    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    public void Dispose()
    {
        lock (_listening)
        {
            _ticked = null;
            _timer?.Dispose();
        }
    }
}
