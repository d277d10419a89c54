using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>One schema with its attributes, as they are served.</summary>
public sealed partial class SchemaPage(SchemaRegistry schemas) : ComponentBase
{
    private static readonly IReadOnlyList<Crumb> Crumbs =
    [
        new(SettingsTexts.Administration),
        new(SettingsTexts.Settings, SettingsPage.Address),
        new(SettingsTexts.TabSchemas, SettingsPage.SchemasAddress),
    ];

    [Parameter]
    public string Urn { get; set; } = "";

    public static string AddressOf(ScimSchema schema) => $"{SettingsPage.Address}/schemas/{Uri.EscapeDataString(schema.Id)}";

    private static string CountText(long count) =>
        count == 1 ? SettingsTexts.AttributeCountOne : Wording.Fill(SettingsTexts.AttributeCount, count);

    private Task<ListRows<AttributeLine>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var lines = (schemas.FindSchema(Urn)?.Attributes ?? [])
            .SelectMany(attribute => LinesOf(attribute, ""))
            .Where(line => query.Search is not { } search || line.Contains(search))
            .ToList();
        return Task.FromResult(new ListRows<AttributeLine>([.. lines.Skip(query.Skip).Take(query.Size)], lines.Count));
    }

    private static IEnumerable<AttributeLine> LinesOf(AttributeDefinition attribute, string above)
    {
        var path = above + attribute.Name;
        return attribute.SubAttributes.SelectMany(part => LinesOf(part, path + ".")).Prepend(new AttributeLine(path, attribute));
    }

    private sealed record AttributeLine(string Path, AttributeDefinition Attribute)
    {
        public bool Contains(string text) =>
            Path.Contains(text, StringComparison.OrdinalIgnoreCase)
            || Attribute.Description.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
