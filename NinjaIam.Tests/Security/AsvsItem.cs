using System.Text.Json;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Security;

/// <summary>An item of the OWASP Application Security Verification Standard 5.0 that applies here.</summary>
/// <param name="Item">Its number there, by which tests name it: <c>asvs-6.5.1</c>.</param>
/// <param name="Asks">What it asks for, in short.</param>
/// <param name="Control">What answers it, proved by at least one test.</param>
/// <param name="Reason">Why there is no test.</param>
public sealed record AsvsItem(string Item, string Asks, string? Control = null, string? Reason = null)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<AsvsItem> All { get; } =
        JsonSerializer.Deserialize<AsvsItem[]>(
            File.ReadAllText(Path.Combine(Repository.Root, "NinjaIam.Tests", "Security", "asvs.json")),
            CamelCase
        )!;

    public string Id => $"asvs-{Item}";
}
