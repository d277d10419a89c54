using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Reliability.Fuzzing;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>
/// Requests that are half made from the grammars of the RFCs and half broken. <see cref="FuzzRun"/> says what holds of every answer.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // The server of the tests reads addresses of 8 KB.
    private const int LongestAddress = 6_000;

    private static readonly string[] Accepts = ["application/json", "text/html", "*/*", ";;", "application/scim+json;q=0"];

    private static readonly string[] Tags = ["*", "W/\"1\"", "\"1\"", "W/\"2\"", "W/\"", "1", "W/\"99999999999999999999\"", ""];

    private static int Cases => Scale.Of("NINJAIAM_CASES", 2_000);

    /// <summary>For what is done with the types that are built in and with defined ones, and for what is several requests in one.</summary>
    private static int Half => (Cases + 1) / 2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_filter_finds_what_the_evaluator_finds_or_is_refused(bool withDefinitions)
    {
        await using var run = await FuzzRun.StartAsync(output, withDefinitions ? SampleDefinitions.Registry : null);
        await run.PopulateAsync(40);
        var directory = new Dictionary<ResourceType, IReadOnlyList<JsonObject>>();
        foreach (var type in run.Host.Schemas.ResourceTypes)
        {
            directory.Add(type, await run.ListAsync(type));
        }

        for (var number = 0; number < Half; number++)
        {
            var type = run.Grammar.Type();
            var text = run.Grammar.Filter(type);
            text = run.Random.Next(2) == 0 ? run.Mutations.TextOf(text) : text;
            var isRoot = run.Random.Next(6) == 0;
            var path = isRoot ? "" : type.Endpoint;

            var reply =
                run.Random.Next(2) == 0 && Uri.EscapeDataString(text) is { Length: < LongestAddress } escaped
                    ? await run.SendAsync(HttpMethod.Get, $"{path}?count=1000&attributes=id&filter={escaped}")
                    : await run.SendAsync(HttpMethod.Post, $"{path}/.search", Search(text));

            if (reply.Status == 200)
            {
                var types = isRoot ? run.Host.Schemas.ResourceTypes : [type];
                Assert.True(Found(reply) == Expected(text, types, directory), $"{path}: {text}\n{reply.Text}");
            }
        }

        run.Report("Filters", Half, "200", "400 invalidFilter");
    }

    [Fact]
    public async Task A_path_is_understood_or_refused()
    {
        await using var run = await FuzzRun.StartAsync(output);
        await run.PopulateAsync(40);

        for (var number = 0; number < Cases; number++)
        {
            var type = run.Grammar.Type();
            var (path, attribute) = run.Grammar.Path(type);
            path = run.Random.Next(2) == 0 ? run.Mutations.TextOf(path) : path;

            await PatchAsync(run, type, FuzzRun.Bytes(run.Grammar.Patch(type, path, attribute)));
        }

        run.Report("Paths", Cases, "200", "400 invalidPath", "400 mutability", "400 noTarget");
        await Soundness.AssertAsync(run.Host.DatabaseFile);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_is_done_or_refused_as_a_whole(bool withDefinitions)
    {
        await using var run = await FuzzRun.StartAsync(output, withDefinitions ? SampleDefinitions.Registry : null);
        await run.PopulateAsync(40);

        for (var number = 0; number < Half; number++)
        {
            var type = run.Grammar.Type();

            await PatchAsync(run, type, Body(run, run.Grammar.Patch(type)));
        }

        run.Report("PATCH bodies", Half, "200", "204", "400 invalidSyntax", "400 invalidValue", "400 invalidPath");
        await AssertSoundAsync(run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_is_stored_or_refused(bool withDefinitions)
    {
        await using var run = await FuzzRun.StartAsync(output, withDefinitions ? SampleDefinitions.Registry : null);
        await run.PopulateAsync(40);

        for (var number = 0; number < Half; number++)
        {
            var type = run.Grammar.Type();
            var body = Body(run, run.Grammar.Document(type));
            var id = run.Grammar.Id(type);
            if (run.Random.Next(12) == 0)
            {
                var deleted = await run.SendAsync(HttpMethod.Delete, $"{type.Endpoint}/{id}");
                if (deleted.Status == 204)
                {
                    run.Grammar.Forget(type, id);
                }
            }
            else
            {
                var reply =
                    run.Random.Next(2) == 0
                        ? await run.SendAsync(HttpMethod.Post, type.Endpoint, body)
                        : await run.SendAsync(HttpMethod.Put, $"{type.Endpoint}/{id}", body);
                await KeepAsync(run, type, reply);
            }
        }

        run.Report("Documents", Half, "200", "201", "204", "400 invalidSyntax", "400 invalidValue", "409 uniqueness");
        await AssertSoundAsync(run);
    }

    [Fact]
    public async Task A_bulk_request_is_answered_operation_by_operation_or_refused()
    {
        await using var run = await FuzzRun.StartAsync(output);
        await run.PopulateAsync(40);

        for (var number = 0; number < Half; number++)
        {
            var reply = await run.SendAsync(HttpMethod.Post, "/Bulk", Body(run, run.Grammar.Bulk()));

            foreach (var operation in reply.Status == 200 ? reply.Body["Operations"]!.AsArray().Select(each => each!.AsObject()) : [])
            {
                AssertOperation(operation, reply);
                run.Count($"operation {operation["status"]} {operation["response"]?["scimType"]}".TrimEnd());
                Learn(run, operation);
            }
        }

        run.Report("Bulk requests", Half, "200", "400 invalidSyntax", "operation 200", "operation 201", "operation 400 invalidValue");
        await Soundness.AssertAsync(run.Host.DatabaseFile);
    }

    [Fact]
    public async Task A_query_is_answered_as_it_was_asked_or_refused()
    {
        await using var run = await FuzzRun.StartAsync(output);
        await run.PopulateAsync(40);
        var directory = new Dictionary<ResourceType, IReadOnlyList<JsonObject>>();
        foreach (var type in run.Host.Schemas.ResourceTypes)
        {
            directory.Add(type, await run.ListAsync(type));
        }

        for (var number = 0; number < Cases; number++)
        {
            var type = run.Grammar.Type();
            var query = run.Grammar.Query(type);
            query = run.Random.Next(2) == 0 ? Address(run.Mutations.Of(query)) : query;
            var one = run.Random.Next(5) == 0;
            var path = one ? $"{type.Endpoint}/{run.Grammar.Id(type)}" : type.Endpoint;

            var reply = await run.SendAsync(HttpMethod.Get, $"{path}?{query}", null, request => AddHeaders(run, request));

            if (reply.Status == 200 && !one)
            {
                var filter = QueryHelpers.ParseQuery($"?{query}").GetValueOrDefault("filter") is [var first, ..] ? first : null;
                var expected = filter is null
                    ? directory[type].Count
                    : Matching(filter, type, [type], directory, $"{path}?{query}").Count();
                Assert.True(reply.Body["totalResults"]!.GetValue<int>() == expected, $"{path}?{query}: {filter}\n{reply.Text}");
            }
        }

        run.Report("Query strings", Cases, "200", "400 invalidFilter", "400 invalidValue", "400 invalidPath");
    }

    [Fact]
    public async Task An_address_behind_the_flag_of_Entra_is_understood_or_refused()
    {
        await using var run = await FuzzRun.StartAsync(output);
        await run.PopulateAsync(10);

        for (var number = 0; number < Cases; number++)
        {
            var type = run.Grammar.Type();
            var rest = $"aadOptscim062020{type.Endpoint}?{run.Grammar.Query(type)}";
            rest = run.Random.Next(3) > 0 ? Address(run.Mutations.Of(rest)) : rest;

            await run.SendAsync(HttpMethod.Get, $"?{rest}", null, request => AddHeaders(run, request));
        }

        run.Report("Addresses with the flag", Cases, "200", "400 invalidFilter", "404");
    }

    private static async Task PatchAsync(FuzzRun run, ResourceType type, byte[] body)
    {
        var reply = await run.SendAsync(HttpMethod.Patch, $"{type.Endpoint}/{run.Grammar.Id(type)}", body);
        await KeepAsync(run, type, reply);
    }

    /// <summary>Of what was written, some is read again and sent back.</summary>
    private static async Task KeepAsync(FuzzRun run, ResourceType type, ScimReply reply)
    {
        if (reply.Status is not (200 or 201))
        {
            return;
        }

        run.Grammar.Know(type, reply.Id);
        if (run.Random.Next(4) == 0)
        {
            await run.AssertPutChangesNothingAsync(type, reply.Id);
        }
    }

    private static void AssertOperation(JsonObject operation, ScimReply reply)
    {
        var status = int.Parse(operation["status"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.True(status is >= 200 and < 500, reply.Text);
        if (status >= 400)
        {
            Assert.Equal(operation["status"]!.GetValue<string>(), operation["response"]!["status"]!.GetValue<string>());
        }
    }

    private static void Learn(FuzzRun run, JsonObject operation)
    {
        if (operation["status"]!.GetValue<string>() == "201")
        {
            var address = operation["location"]!.GetValue<string>().Split('/');
            run.Grammar.Know(run.Host.Schemas.FindByEndpoint(address[^2])!, address[^1]);
        }
    }

    /// <summary>The checks of the command know the types that are built in.</summary>
    private static Task AssertSoundAsync(FuzzRun run) =>
        run.Host.Schemas.HasCustomTypes ? Task.CompletedTask : Soundness.AssertAsync(run.Host.DatabaseFile);

    private static byte[] Body(FuzzRun run, string valid) => run.Random.Next(2) == 0 ? run.Mutations.Of(valid) : FuzzRun.Bytes(valid);

    private static byte[] Search(string filter) =>
        FuzzRun.Bytes(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"count":1000,"attributes":["id"],"filter":{{Grammar.Quote(
                filter
            )}}}"""
        );

    private static string Found(ScimReply reply) =>
        Lines(reply.Body["totalResults"]!.GetValue<int>(), (reply.Body["Resources"]?.AsArray() ?? []).Select(found => found!.AsObject()));

    private static string Expected(
        string filter,
        IReadOnlyList<ResourceType> types,
        Dictionary<ResourceType, IReadOnlyList<JsonObject>> directory
    )
    {
        var matching = types.SelectMany(type => Matching(filter, type, types, directory)).ToList();
        return Lines(matching.Count, matching);
    }

    private static IEnumerable<JsonObject> Matching(
        string filter,
        ResourceType type,
        IReadOnlyList<ResourceType> types,
        Dictionary<ResourceType, IReadOnlyList<JsonObject>> directory,
        string? request = null
    )
    {
        var parsed = FilterParser
            .Parse(filter, type, [.. types.Where(other => other != type)])
            .Match(done => done, error => throw new InvalidOperationException($"{request ?? filter} was answered: {error.Detail}"));
        return directory[type].Where(resource => FilterEvaluator.Matches(parsed.Expression, resource));
    }

    private static string Lines(int total, IEnumerable<JsonObject> resources) =>
        $"{total}\n{string.Join('\n', resources.Select(resource => resource["id"]!.GetValue<string>()).Order(StringComparer.Ordinal))}";

    /// <summary>What an address can't hold, escaped byte by byte; everything else as it is.</summary>
    private static string Address(byte[] query)
    {
        var address = new StringBuilder();
        foreach (var value in query.Take(LongestAddress / 3))
        {
            address = value is > (byte)' ' and < 0x7F and not (byte)'#'
                ? address.Append((char)value)
                : address.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return address.ToString();
    }

    private static void AddHeaders(FuzzRun run, HttpRequestMessage request)
    {
        Sometimes("Accept", Accepts);
        Sometimes("If-None-Match", Tags);
        Sometimes("If-Match", Tags);

        void Sometimes(string name, string[] values)
        {
            if (run.Random.Next(6) == 0)
            {
                request.Headers.TryAddWithoutValidation(name, run.Grammar.One(values));
            }
        }
    }
}
