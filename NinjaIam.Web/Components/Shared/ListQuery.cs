namespace NinjaIam.Web.Components.Shared;

/// <summary>What a list wants to see. It is read from the page's address, so treat every value as typed by somebody.</summary>
/// <param name="Search">Trimmed; null when nothing is searched.</param>
/// <param name="Filters">Chosen values by the filter's name; a filter that is not chosen is absent.</param>
/// <param name="Sort">The sort name of one of the list's columns, or null for the list's own order.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="Size">Rows per page.</param>
/// <param name="Start">Where the list begins, as a continuation of it said; null at its own beginning.</param>
public sealed record ListQuery(
    string? Search,
    IReadOnlyDictionary<string, string> Filters,
    string? Sort,
    bool Descending,
    int Page,
    int Size,
    string? Start = null
)
{
    public int Skip => (Page - 1) * Size;

    public bool Narrows => Search is not null || Filters.Count > 0 || Start is not null;

    public string? Filter(string name) => Filters.GetValueOrDefault(name);
}
