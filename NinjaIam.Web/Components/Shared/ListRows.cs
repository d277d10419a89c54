namespace NinjaIam.Web.Components.Shared;

/// <param name="Rows">The rows of the wanted page.</param>
/// <param name="Total">How many rows match in all.</param>
/// <param name="Continuation">On the last page: how the list goes on behind it. Null when that is all.</param>
public sealed record ListRows<TRow>(IReadOnlyList<TRow> Rows, long Total, ListContinuation? Continuation = null);

/// <summary>A list that is too long to be counted goes on from a row, as a list of its own.</summary>
/// <param name="Start">Names the row, in the page's address.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Hint">Why the list ends here.</param>
public sealed record ListContinuation(string Start, string Label, string Hint);
