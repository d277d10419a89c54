namespace NinjaIam.Core.Journal.Requests;

/// <summary>The first part of a body as it went over the wire, and how long the whole was. Not for several threads at a time.</summary>
public sealed class BodyCopy
{
    /// <summary>More of a body is never copied: the log keeps 8 KB of what remains after redaction.</summary>
    public const int MostBytes = 16 * 1024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>How many bytes the whole body has.</summary>
    public long Size { get; private set; }

    public bool IsWhole => Size == _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Add(ReadOnlySpan<byte> part)
    {
        Size += part.Length;
        var kept = part[..Math.Min(part.Length, MostBytes - _length)];
        if (_length + kept.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Math.Max(2 * _bytes.Length, _length + kept.Length), MostBytes));
        }

        kept.CopyTo(_bytes.AsSpan(_length));
        _length += kept.Length;
    }
}
