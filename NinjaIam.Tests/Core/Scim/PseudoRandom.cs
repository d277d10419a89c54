namespace NinjaIam.Tests.Core.Scim;

/// <summary>The same numbers for the same seed, on every machine.</summary>
internal sealed class PseudoRandom(int seed)
{
    private uint _state = ((uint)seed * 2654435761u) | 1u;

    public int Below(int limit)
    {
        _state = (_state * 1664525u) + 1013904223u;
        return (int)(_state >> 8) % limit;
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
