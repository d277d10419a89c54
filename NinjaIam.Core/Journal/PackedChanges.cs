using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NinjaIam.Core.Journal;

/// <summary>The changed values of one journal row as one JSON text: a list of three for each, attribute, before, after.</summary>
internal static class PackedChanges
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Pack(IReadOnlyList<ChangedValue> changes)
    {
        if (changes.Count == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var change in changes)
            {
                json.WriteStartArray();
                json.WriteStringValue(change.Attribute);
                json.WriteStringValue(change.Before);
                json.WriteStringValue(change.After);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyList<ChangedValue> Unpack(string? packed) =>
        packed is null
            ? []
            : [.. JsonSerializer.Deserialize<string?[][]>(packed)!.Select(change => new ChangedValue(change[0]!, change[1], change[2]))];
}
