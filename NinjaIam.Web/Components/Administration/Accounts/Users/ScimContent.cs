using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Web.Components.Shared;

namespace NinjaIam.Web.Components.Administration.Accounts.Users;

/// <param name="Path">The attribute's path in its SCIM spelling: "name.givenName".</param>
internal sealed record ScimAttribute(string Path, string Value);

/// <param name="Schema">Null for the core schema, otherwise the URN of the extension.</param>
internal sealed record ScimSection(string? Schema, IReadOnlyList<ScimAttribute> Attributes);

/// <summary>A stored SCIM document in a form that people read: one line per value, the extensions apart.</summary>
internal sealed record ScimContent(IReadOnlyList<ScimSection> Sections, string Json)
{
    // The text is encoded once more where it is shown; here it should stay readable.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ScimContent Of(JsonObject document)
    {
        using var parsed = JsonSerializer.SerializeToDocument(document);
        var core = new List<ScimAttribute>();
        var sections = new List<ScimSection> { new(null, core) };
        foreach (var property in parsed.RootElement.EnumerateObject())
        {
            if (property.Name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Object)
            {
                var attributes = new List<ScimAttribute>();
                foreach (var inner in property.Value.EnumerateObject())
                {
                    Add(attributes, inner.Name, inner.Value);
                }

                sections.Add(new ScimSection(property.Name, attributes));
            }
            else
            {
                Add(core, property.Name, property.Value);
            }
        }

        return new ScimContent(
            [.. sections.Where(section => section.Attributes.Count > 0)],
            JsonSerializer.Serialize(parsed.RootElement, Readable)
        );
    }

    private static void Add(List<ScimAttribute> attributes, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var inner in value.EnumerateObject())
                {
                    Add(attributes, $"{path}.{inner.Name}", inner.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    attributes.Add(new ScimAttribute(path, Entry(element)));
                }

                break;
            default:
                attributes.Add(new ScimAttribute(path, Text(value)));
                break;
        }
    }

    // An entry of a list reads as its value with the rest in brackets: "ada@contoso.com (work, primary)".
    private static string Entry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return Text(entry);
        }

        if (!entry.TryGetProperty("value", out var value))
        {
            return string.Join(", ", entry.EnumerateObject().Select(part => $"{part.Name}: {Text(part.Value)}"));
        }

        var notes = entry.EnumerateObject().Select(Note).Where(note => note is not null).ToList();
        return notes.Count == 0 ? Text(value) : $"{Text(value)} ({string.Join(", ", notes)})";
    }

    private static string? Note(JsonProperty part) =>
        part switch
        {
            { Name: "value" } => null,
            { Name: "primary" } => part.Value.ValueKind == JsonValueKind.True ? part.Name : null,
            { Name: "type" or "display" } => Text(part.Value),
            _ => $"{part.Name}: {Text(part.Value)}",
        };

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => SharedTexts.NothingToShow,
            _ => value.GetRawText(),
        };
}
