using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;

namespace NinjaIam.Tests.Dialects;

/// <summary>What a provisioning client is documented to send, step by step: one of the JSON files beside this one.</summary>
/// <param name="File">Seen from the folder of exchanges, with slashes.</param>
internal sealed record Exchange(string File, JsonObject Content)
{
    public const string Folder = "NinjaIam.Tests/Dialects";

    public static IReadOnlyList<Exchange> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.json", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(Path.Combine(Repository.Root, Folder), file).Replace('\\', '/'), file))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new Exchange(file.Name, JsonNode.Parse(System.IO.File.ReadAllText(file.file))!.AsObject())),
    ];

    /// <summary>The document or thread it was taken from.</summary>
    public string Source => Content["source"]!.GetValue<string>();

    public IEnumerable<JsonObject> Steps => Content["steps"]!.AsArray().Select(step => step!.AsObject());

    /// <summary>What must be stored in the end, by the names of remembered people.</summary>
    public JsonObject Accounts => Content["accounts"]!.AsObject();

    /// <summary>The rules that some step has to apply.</summary>
    public IEnumerable<string> Rules =>
        Steps.SelectMany(step => step["repairs"]?.AsArray() ?? []).Select(rule => rule!.GetValue<string>()).Distinct();
}
