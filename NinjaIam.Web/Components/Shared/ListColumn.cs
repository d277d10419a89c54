using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>A column of a <see cref="ListPage{TRow}"/>. Its content shows the value of one row.</summary>
public sealed class ListColumn<TRow> : ComponentBase, IDisposable
{
    [CascadingParameter]
    internal ListPage<TRow> Owner { get; set; } = default!;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The name that stands in the address when the list is sorted by this column; null when it cannot be.</summary>
    [Parameter]
    public string? Sort { get; set; }

    /// <summary>What the address calls it among the chosen columns; null for a column that is always shown.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Shown only once it is chosen. Needs <see cref="Name"/>.</summary>
    [Parameter]
    public bool Extra { get; set; }

    /// <summary>Right-aligned, with figures of one width.</summary>
    [Parameter]
    public bool Number { get; set; }

    /// <summary>For names and addresses, which may have any length: they are broken anywhere rather than widening the list.</summary>
    [Parameter]
    public bool AnyLength { get; set; }

    [Parameter]
    public CardPlace Card { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TRow> ChildContent { get; set; }

    internal string? CellClass =>
        (Number, AnyLength) switch
        {
            (true, _) => "list-number",
            (_, true) => "list-long",
            _ => null,
        };

    public void Dispose() => Owner.Remove(this);

    protected override void OnInitialized() => Owner.Add(this);
}
