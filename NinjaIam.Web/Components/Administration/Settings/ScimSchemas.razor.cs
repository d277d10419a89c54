using Microsoft.AspNetCore.Components;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Settings;

/// <summary>The resource types and schemas that the SCIM endpoint serves, built in and defined by files. They are changed by files only.</summary>
public sealed partial class ScimSchemas(SchemaRegistry schemas) : ComponentBase
{
    private static string CountText(long count) =>
        count == 1 ? SettingsTexts.SchemaCountOne : Wording.Fill(SettingsTexts.SchemaCount, count);

    private Task<ListRows<ScimSchema>> LoadAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var found = schemas.Schemas.Where(schema => query.Search is not { } search || IsFound(schema, search)).ToList();
        return Task.FromResult(new ListRows<ScimSchema>([.. found.Skip(query.Skip).Take(query.Size)], found.Count));
    }

    private static bool IsFound(ScimSchema schema, string search) =>
        schema
            .Attributes.SelectMany(attribute => attribute.SubAttributes.Prepend(attribute))
            .Select(attribute => attribute.Name)
            .Append(schema.Name)
            .Append(schema.Id)
            .Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase));
}
