using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace NinjaIam.Web.Components.Shared;

/// <summary>
/// A name without spaces, such as an email address: where it does not fit in one line, it is broken behind a sign rather than inside a
/// word. What is copied from the page stays the same text.
/// </summary>
public sealed class Breakable : ComponentBase
{
    [Parameter, EditorRequired]
    public required string? Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var rest = Text.AsSpan();
        for (var sign = rest.IndexOfAny("@._"); sign >= 0; sign = rest.IndexOfAny("@._"))
        {
            builder.AddContent(0, rest[..(sign + 1)].ToString());
            builder.AddMarkupContent(1, "<wbr>");
            rest = rest[(sign + 1)..];
        }

        builder.AddContent(2, rest.ToString());
    }
}
