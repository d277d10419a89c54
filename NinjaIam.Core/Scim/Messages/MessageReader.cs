using System.Text.Json;
using System.Text.Json.Nodes;

namespace NinjaIam.Core.Scim.Messages;

/// <summary>
/// Reads the properties of a protocol message, each of the type that the RFC gives it. null is absent. The first that is of another type
/// is the reason to refuse the message.
/// </summary>
/// <param name="message">As <see cref="ScimJson"/> reads it.</param>
internal sealed class MessageReader(JsonObject message)
{
    public ScimError? Error { get; private set; }

    public void MustBe(string urn)
    {
        var isNamed =
            message["schemas"] is JsonArray list
            && list.Any(element => TextOf(element) is { } text && text.Equals(urn, StringComparison.OrdinalIgnoreCase));
        if (!isNamed)
        {
            Refuse($"schemas must hold \"{urn}\". Add it to the body.");
        }
    }

    public string? Text(string name)
    {
        var value = message[name];
        if (value is not null && TextOf(value) is null)
        {
            Refuse($"{name} must be a text. Send a JSON string.");
        }

        return TextOf(value);
    }

    public long? Number(string name)
    {
        var value = message[name];
        if (value is JsonValue simple && simple.TryGetValue<long>(out var number))
        {
            return number;
        }

        if (value is not null)
        {
            Refuse($"{name} must be a whole number. Send a JSON number without quotation marks.");
        }

        return null;
    }

    /// <summary>A list of names as one text, separated by commas.</summary>
    public string? Names(string name)
    {
        var value = message[name];
        if (value is null)
        {
            return null;
        }

        if (value is JsonArray list && list.All(element => TextOf(element) is not null))
        {
            return string.Join(',', list.Select(TextOf));
        }

        Refuse($"{name} must be a list of names. Send it as in [\"userName\"].");
        return null;
    }

    public JsonArray? List(string name)
    {
        var value = message[name];
        if (value is not null and not JsonArray)
        {
            Refuse($"{name} must be a list. Send a JSON array.");
        }

        return value as JsonArray;
    }

    public void Refuse(string detail) => Error ??= ScimError.InvalidSyntax(detail);

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
