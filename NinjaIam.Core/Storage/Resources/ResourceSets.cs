using System.Globalization;

namespace NinjaIam.Core.Storage.Resources;

/// <summary>Statements over many keys take them in parts of this size, as parameters.</summary>
internal static class ResourceSets
{
    public const int ChunkSize = 500;

    /// <summary>The parameters' names for the SQL text: <c>$k0, $k1, …</c></summary>
    public static string Names(int count) => string.Join(", ", Enumerable.Range(0, count).Select(Name));

    /// <summary>The same names, each as a row that also has <c>$group</c>.</summary>
    public static string Rows(int count) => string.Join(", ", Enumerable.Range(0, count).Select(index => $"($group, {Name(index)})"));

    public static (string Name, object? Value)[] Parameters<T>(IReadOnlyList<T> keys) =>
        [.. keys.Select((key, index) => (Name(index), (object?)key))];

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"$k{index}");
}
