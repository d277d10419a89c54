using Microsoft.AspNetCore.Components;

namespace NinjaIam.Web.Components.Shared;

/// <summary>The head of every page: where it stands, what it is called, what can be done with it. It also sets the document's title.</summary>
public sealed partial class PageHeader : ComponentBase
{
    private const string Product = "NinjaIam";

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The steps above this page, without the page itself.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Crumbs { get; set; } = [];

    [Parameter]
    public string? Subtitle { get; set; }

    /// <summary>Stands before the subtitle.</summary>
    [Parameter]
    public RenderFragment? SubtitleMark { get; set; }

    [Parameter]
    public RenderFragment? Chips { get; set; }

    /// <summary>The one filled button of the page.</summary>
    [Parameter]
    public RenderFragment? PrimaryAction { get; set; }

    /// <summary>Stands before the menu and the filled button.</summary>
    [Parameter]
    public RenderFragment? SecondaryAction { get; set; }

    /// <summary>Makes the menu the filled button of the page, with this word in place of Actions.</summary>
    [Parameter]
    public string? MenuLabel { get; set; }

    /// <summary>Entries of the Actions menu, as <see cref="RowAction"/>, or <c>MudMenuItem</c> for links.</summary>
    [Parameter]
    public RenderFragment? Menu { get; set; }

    private string DocumentTitle =>
        string.Join(
            SharedTexts.TitleSeparator,
            new[] { Title, Crumbs.Count > 0 ? Crumbs[^1].Text : null, Product }.Where(part => part is not null)
        );
}
