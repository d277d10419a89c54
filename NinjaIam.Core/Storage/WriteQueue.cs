namespace NinjaIam.Core.Storage;

/// <summary>
/// What waits to be written, a lane for each provider and one for the portal, served in turn: the first full sync of one provider
/// keeps nobody else waiting. Each lane is bounded for itself.
/// </summary>
internal sealed class WriteQueue<T>(int longestLane) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Queue<T>> _lanes = [];
    private readonly Queue<Guid> _turns = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private bool _isComplete;

    /// <summary>False when the lane is full, or nothing is accepted any more.</summary>
    public bool TryAdd(Guid lane, T item)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                return false;
            }

            if (!_lanes.TryGetValue(lane, out var waiting))
            {
                _lanes.Add(lane, waiting = new Queue<T>());
                _turns.Enqueue(lane);
            }
            else if (waiting.Count >= longestLane)
            {
                return false;
            }

            waiting.Enqueue(item);
            if (_turns.Count == 1 && waiting.Count == 1)
            {
                _arrived.Release();
            }
        }

        return true;
    }

    public bool TryTake(out T item)
    {
        lock (_lock)
        {
            if (!_turns.TryDequeue(out var lane))
            {
                item = default!;
                return false;
            }

            var waiting = _lanes[lane];
            item = waiting.Dequeue();
            if (waiting.Count == 0)
            {
                _lanes.Remove(lane);
            }
            else
            {
                _turns.Enqueue(lane);
            }

            return true;
        }
    }

    /// <summary>Waits until something may be there to take; false when nothing is and nothing will come.</summary>
    public async Task<bool> WaitAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_turns.Count > 0)
                {
                    return true;
                }

                if (_isComplete)
                {
                    return false;
                }
            }

            await _arrived.WaitAsync();
        }
    }

    /// <summary>Accepts nothing more; what waits can still be taken.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _arrived.Release();
        }
    }

    public void Dispose() => _arrived.Dispose();
}
