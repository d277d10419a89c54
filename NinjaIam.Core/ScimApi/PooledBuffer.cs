using System.Buffers;

namespace NinjaIam.Core.ScimApi;

/// <summary>Bytes that come together, in memory that is lent: answers of many sizes leave nothing for the garbage collector.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Least = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Least);

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Count);
    }

    /// <summary>Forgets what was written. Nobody may still be reading it.</summary>
    public void Clear() => Count = 0;

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, Count) = ([], 0);
        }
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Count >= Math.Max(size, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, checked(Math.Max(2 * _bytes.Length, Count + size))));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
