using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NinjaIam.Core.Scim.Filtering;

/// <summary>The right side of a comparison, already of the type of the attribute on its left.</summary>
public abstract record FilterValue
{
    private FilterValue() { }

    private static readonly JsonSerializerOptions Literal = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public sealed record Text(string Value) : FilterValue
    {
        public override string ToString() => JsonSerializer.Serialize(Value, Literal);
    }

    public sealed record Truth(bool Value) : FilterValue
    {
        public override string ToString() => Value ? "true" : "false";
    }

    public sealed record Number(decimal Value) : FilterValue
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Instants compare as instants, whatever their offset is.</summary>
    public sealed record Instant(DateTimeOffset Value) : FilterValue
    {
        public override string ToString() =>
            $"\"{Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}\"";
    }
}
