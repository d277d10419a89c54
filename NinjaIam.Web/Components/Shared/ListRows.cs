namespace NinjaIam.Web.Components.Shared;

/// <param name="Rows">The rows of the wanted page.</param>
/// <param name="Total">How many rows match in all.</param>
public sealed record ListRows<TRow>(IReadOnlyList<TRow> Rows, long Total);
