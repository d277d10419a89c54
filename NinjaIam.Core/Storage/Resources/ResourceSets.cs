using System.Globalization;

namespace NinjaIam.Core.Storage.Resources;

/// <summary>
/// Statements over many keys take them in parts, as parameters. Parts have few different sizes, the last key repeated to fill them, so
/// that few different texts are ever compiled: for sets, a key that is named twice is named once.
/// </summary>
internal static class ResourceSets
{
    private static readonly int[] Sizes = [1, 8, 64];
    private static readonly string[] AllNames =
    [
        .. Enumerable.Range(0, Sizes[^1]).Select(index => string.Create(CultureInfo.InvariantCulture, $"$k{index}")),
    ];

    /// <summary>The keys in parts, each as long as one of the sizes.</summary>
    public static IEnumerable<T[]> Parts<T>(IEnumerable<T> keys)
    {
        foreach (var part in keys.Chunk(Sizes[^1]))
        {
            var size = Sizes.First(size => size >= part.Length);
            if (size == part.Length)
            {
                yield return part;
                continue;
            }

            var filled = new T[size];
            part.CopyTo(filled, 0);
            filled.AsSpan(part.Length).Fill(part[^1]);
            yield return filled;
        }
    }

    /// <summary>The parameters' names for the SQL text: <c>$k0, $k1, …</c></summary>
    public static string Names(int count) => string.Join(", ", AllNames.Take(count));

    public static (string Name, object? Value)[] Parameters<T>(IReadOnlyList<T> keys) =>
        [.. keys.Select((key, index) => (AllNames[index], (object?)key))];
}
