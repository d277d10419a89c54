using System.Text.RegularExpressions;
using NinjaIam.Core.Scim.Definitions;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Definitions;

/// <summary>The example of the administrators' guide, loaded and spoken to as the guide says.</summary>
public sealed partial class GuideTests : IAsyncLifetime
{
    private const string Badge = "urn:example:params:scim:schemas:extension:badge:1.0:User";

    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "administrators", "definitions.md"))
        .ReplaceLineEndings("\n");

    private readonly ScimHost _host = new() { Schemas = Load() };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_example_works_as_the_guide_says()
    {
        var requests = Requests().Matches(Guide).ToList();
        Assert.Equal(["/Devices", "/Users"], requests.Select(request => request.Groups["address"].Value));

        foreach (var request in requests)
        {
            var created = await _host.Contoso.PostAsync(request.Groups["address"].Value, request.Groups["body"].Value);
            Assert.True(created.Status == 201, created.Text);
        }

        var queries = Queries().Matches(Guide).Select(query => query.Groups["address"].Value.ReplaceLineEndings("")).ToList();
        Assert.Equal(2, queries.Count);
        foreach (var query in queries)
        {
            var found = await _host.Contoso.GetAsync(query.Replace(" ", "%20", StringComparison.Ordinal));
            Assert.True(found.Status == 200, found.Text);
            Assert.Equal(1, (int)found.Body["totalResults"]!);
        }

        var ada = (await _host.Contoso.GetAsync("/Users")).Body["Resources"]![0]!;
        Json.Equal("""{"number":"B-1","level":3}""", ada[Badge]);
    }

    private static SchemaRegistry Load()
    {
        var files = Files().Matches(Guide).Select(file => SampleDefinitions.Source(file.Groups["name"].Value, file.Groups["text"].Value));
        return DefinitionReader.TryRead(files, out var registry, out var problems) && registry.ResourceTypes.Count == 3
            ? registry
            : throw new InvalidOperationException(string.Join('\n', problems));
    }

    [GeneratedRegex(@"^\*\*(?<name>\w+\.json)\*\*\n\n```json\n(?<text>.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();

    [GeneratedRegex(
        @"`POST` to `(?<address>/\w+)`:\n\n```json\n(?<body>.*?)\n```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Requests();

    [GeneratedRegex(@"`GET (?<address>/[^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Queries();
}
