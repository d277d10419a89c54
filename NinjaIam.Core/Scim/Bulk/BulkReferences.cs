using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NinjaIam.Core.Scim.Bulk;

/// <summary>
/// References of an operation to resources that other operations create (RFC 7644, section 3.7.2). They stand where an id would stand:
/// as a whole text, at the end of an address, and between quotation marks in the path of a PATCH operation. Which attributes hold ids is
/// left open, so that those of every schema are found.
/// </summary>
public static partial class BulkReferences
{
    private const string Prefix = "bulkId:";
    private const string Path = "path";

    // What would be left of a value without its reference is no value.
    private static readonly string[] WholeOfValue = ["value", "$ref"];

    /// <summary>The bulkId that a text refers to, or null.</summary>
    public static string? Of(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length ? text[Prefix.Length..] : null;

    /// <summary>The bulkIds that the path and the data of an operation refer to, each once.</summary>
    public static IReadOnlyCollection<string> In(string? target, JsonObject? data)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (Of(target) is { } own)
        {
            found.Add(own);
        }

        foreach (var text in data is null ? [] : TextsOf(data))
        {
            Rewrite(
                text,
                bulkId =>
                {
                    found.Add(bulkId);
                    return null;
                }
            );
        }

        return found;
    }

    /// <summary>A copy in which references are ids. Values whose references are not known yet are left out.</summary>
    /// <param name="idOf">The id behind a bulkId, or null.</param>
    public static JsonObject Resolve(JsonObject data, Func<string, string?> idOf)
    {
        var copy = data.DeepClone().AsObject();
        foreach (var text in TextsOf(copy).ToList())
        {
            switch (Rewrite(text, idOf))
            {
                case { IsKnown: false }:
                    LeaveOut(text);
                    break;
                case { Text: { } rewritten }:
                    text.ReplaceWith(rewritten);
                    break;
                default:
                    break;
            }
        }

        return copy;
    }

    private static (bool IsKnown, string? Text) Rewrite(JsonValue value, Func<string, string?> idOf)
    {
        var text = value.GetValue<string>();
        if (!text.Contains(Prefix, StringComparison.Ordinal))
        {
            return (true, null);
        }

        if (Of(text) is { } whole)
        {
            var id = idOf(whole);
            return (id is not null, id);
        }

        var isKnown = true;
        var pattern = NameOf(value).Equals(Path, StringComparison.OrdinalIgnoreCase) ? InQuotes() : AtEnd();
        var rewritten = pattern.Replace(
            text,
            match =>
            {
                var id = idOf(match.Groups[1].Value);
                isKnown &= id is not null;
                return id ?? match.Value;
            }
        );
        return (isKnown, rewritten == text ? null : rewritten);
    }

    private static void LeaveOut(JsonValue text)
    {
        JsonNode node = text;
        if (node.Parent is JsonObject { Parent: not null } complex && WholeOfValue.Contains(NameOf(node), StringComparer.OrdinalIgnoreCase))
        {
            node = complex;
        }

        switch (node.Parent)
        {
            case JsonArray list:
                list.Remove(node);
                break;
            case JsonObject owner:
                owner.Remove(NameOf(node));
                break;
            default:
                // The value it stood in is left out already.
                break;
        }
    }

    private static string NameOf(JsonNode node) => node.Parent is JsonObject ? node.GetPropertyName() : "";

    private static IEnumerable<JsonValue> TextsOf(JsonNode node) =>
        node switch
        {
            JsonObject complex => complex.Select(property => property.Value).OfType<JsonNode>().SelectMany(TextsOf),
            JsonArray list => list.OfType<JsonNode>().SelectMany(TextsOf),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [value],
            _ => [],
        };

    [GeneratedRegex("(?<=\")bulkId:([^\"]+)(?=\")", RegexOptions.CultureInvariant)]
    private static partial Regex InQuotes();

    [GeneratedRegex("(?<=/)bulkId:([^/]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex AtEnd();
}
