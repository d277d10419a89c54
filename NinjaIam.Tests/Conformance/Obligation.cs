using System.Text.Json;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Conformance;

/// <summary>Something a standard asks of a service provider.</summary>
/// <param name="Id">The standard, the section, and a number within it: <c>7644-3.5.2-4</c>.</param>
/// <param name="Level">The word the standard uses, or the standard that asks for more than the word would say.</param>
/// <param name="Request">What a client does.</param>
/// <param name="Answer">What it can expect.</param>
/// <param name="Reason">Why this does not apply here, or how far it is followed.</param>
public sealed record Obligation(string Id, string Level, string Request, string Answer, string? Reason = null)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <summary>Every one of them, in the order of the standards.</summary>
    public static IReadOnlyList<Obligation> All { get; } =
        JsonSerializer.Deserialize<Obligation[]>(
            File.ReadAllText(Path.Combine(Repository.Root, "NinjaIam.Tests", "Conformance", "obligations.json")),
            CamelCase
        )!;

    public string Standard => Id.Split('-')[0];

    public string Section => Id.Split('-')[1];
}
