using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Schema;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>
/// Reads request bodies strictly: what two readers could understand differently is refused. Objects look up their
/// properties without regard to letter case, as attribute names compare.
/// </summary>
public static class ScimJson
{
    public const int MaxDepth = 32;

    private static readonly JsonNodeOptions NodeOptions = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The outermost value has to be an object.</summary>
    public static ScimOutcome<JsonObject> Parse(ReadOnlySpan<byte> body)
    {
        var text = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return ScimError.InvalidSyntax("The request has no body. Send a JSON object.");
        }

        // One level more than is allowed, so that what is nested too deeply can be told from what is broken.
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return ScimError.InvalidSyntax("The body must be a JSON object, for example {\"schemas\": [...]}.");
            }

            var parsed = ReadObject(ref reader, "");
            reader.Read();
            return parsed;
        }
        catch (InvalidBodyException exception)
        {
            return ScimError.InvalidSyntax(exception.Message + Position(text, reader.TokenStartIndex));
        }
        catch (JsonException)
        {
            return ScimError.InvalidSyntax(
                $"The body is not valid JSON{Position(text, reader.BytesConsumed)} Correct it there and send it again."
            );
        }
    }

    private static JsonObject ReadObject(ref Utf8JsonReader reader, string path)
    {
        MustNotBeTooDeep(reader.CurrentDepth);
        var result = new JsonObject(NodeOptions);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = ReadText(ref reader, path);
            if (result.ContainsKey(name))
            {
                throw new InvalidBodyException(
                    $"The property \"{name}\" stands more than once in the same object, if letter case is ignored. Send it once"
                );
            }

            reader.Read();
            result.Add(name, ReadValue(ref reader, path.Length == 0 ? name : $"{path}.{name}"));
        }

        return result;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader, string path)
    {
        MustNotBeTooDeep(reader.CurrentDepth);
        var result = new JsonArray(NodeOptions);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(ReadValue(ref reader, path));
        }

        return result;
    }

    /// <param name="depth">How many objects and lists are open around this one.</param>
    private static void MustNotBeTooDeep(int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new InvalidBodyException($"The body is nested more than {MaxDepth} levels deep. Flatten it");
        }
    }

    private static JsonNode? ReadValue(ref Utf8JsonReader reader, string path) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, path),
            JsonTokenType.StartArray => ReadArray(ref reader, path),
            JsonTokenType.String => JsonValue.Create(ReadText(ref reader, path), NodeOptions),
            JsonTokenType.True => JsonValue.Create(true, NodeOptions),
            JsonTokenType.False => JsonValue.Create(false, NodeOptions),
            JsonTokenType.Number => ReadNumber(ref reader, path),
            _ => null,
        };

    private static JsonValue ReadNumber(ref Utf8JsonReader reader, string path)
    {
        if (reader.TryGetInt64(out var integer))
        {
            return JsonValue.Create(integer, NodeOptions);
        }

        return reader.TryGetDecimal(out var number)
            ? JsonValue.Create(number, NodeOptions)
            : throw new InvalidBodyException($"The number of \"{path}\" is out of range. Send it as a string or make it smaller");
    }

    private static string ReadText(ref Utf8JsonReader reader, string path)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new InvalidBodyException(
                $"A text{In(path)} is not valid Unicode: it holds half a surrogate pair or bytes that are not UTF-8. Correct it"
            );
        }

        return TextFolding.IsUsable(text)
            ? text
            : throw new InvalidBodyException($"A text{In(path)} holds the character NUL or U+FFFE. Remove it");
    }

    private static string In(string path) => path.Length == 0 ? "" : $" in \"{path}\"";

    private static string Position(ReadOnlySpan<byte> text, long index)
    {
        var before = text[..(int)Math.Min(index, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $" (line {line}, position {column}).");
    }

    /// <summary>Never leaves this file: it ends the recursion at the first fault.</summary>
    private sealed class InvalidBodyException(string message) : Exception(message);
}
