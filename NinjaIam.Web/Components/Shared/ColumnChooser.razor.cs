using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>The button of a <see cref="ListPage{TRow}"/> that opens the choice of its columns.</summary>
public sealed partial class ColumnChooser<TRow> : ComponentBase
{
    private readonly string _id = $"columns-{Guid.NewGuid():N}";

    [Parameter, EditorRequired]
    public required IReadOnlyList<ListColumn<TRow>> Columns { get; set; }

    [Parameter, EditorRequired]
    public required Func<ListColumn<TRow>, bool> Shown { get; set; }

    /// <summary>Told the names of the chosen columns, or null for those that the list begins with.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<IReadOnlyCollection<string>?> OnChoose { get; set; }

    private IEnumerable<ListColumn<TRow>> Choosable => Columns.Where(column => column.Name is not null);

    private Task ToggleAsync(ListColumn<TRow> toggled)
    {
        var chosen = Choosable.Where(column => Shown(column) != (column == toggled)).ToList();
        return OnChoose.InvokeAsync(
            chosen.SequenceEqual(Choosable.Where(column => !column.Extra)) ? null : [.. chosen.Select(column => column.Name!)]
        );
    }

    private Task ResetAsync() => OnChoose.InvokeAsync(null);
}
