namespace NinjaIam.Core.Outcomes;

/// <summary>A part of a list.</summary>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <param name="Skip">How many rows to leave out.</param>
/// <param name="Take">How many rows at most; lists clamp it to 200.</param>
/// <param name="Sort">Name of the column to sort by, with a leading minus for descending; null for the list's own order.</param>
public sealed record PageRequest(int Skip, int Take, string? Sort = null)
{
    public const int MostRows = 200;

    public int Rows => Math.Clamp(Take, 1, MostRows);

    public bool Descending => Sort?.StartsWith('-') == true;

    public string? SortColumn => Sort?.TrimStart('-');
}
