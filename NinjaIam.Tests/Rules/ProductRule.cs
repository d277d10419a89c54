using System.Text.Json;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Rules;

/// <summary>Something that holds of accounts, identity providers and sign-in, whatever page or client it is done by.</summary>
/// <param name="Row">Its number, by which tests name it: <c>rule-30</c>.</param>
/// <param name="Missing">What of it is not there yet.</param>
public sealed record ProductRule(int Row, string Says, string? Missing = null)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ProductRule> All { get; } =
        JsonSerializer.Deserialize<ProductRule[]>(
            File.ReadAllText(Path.Combine(Repository.Root, "NinjaIam.Tests", "Rules", "rules.json")),
            CamelCase
        )!;

    /// <summary>What a test names in <see cref="ProvesAttribute"/>.</summary>
    public string Id => $"rule-{Row}";
}
