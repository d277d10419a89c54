using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability.Fuzzing;

/// <summary>
/// An endpoint with people and groups, to which requests are sent that nobody has looked at before. Whatever comes, each answer is one of
/// SCIM, none is a failure of the endpoint's own, and what is refused changes nothing.
/// </summary>
internal sealed class FuzzRun : IAsyncDisposable
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ITestOutputHelper _output;
    private readonly SqliteConnection _watch;
    private readonly SortedDictionary<string, int> _answers = new(StringComparer.Ordinal);

    private FuzzRun(ITestOutputHelper output, ScimHost host, SqliteConnection watch, Random random)
    {
        _output = output;
        Host = host;
        _watch = watch;
        Random = random;
        Grammar = new Grammar(random, host.Schemas);
        Mutations = new Mutations(random);
    }

    public ScimHost Host { get; }

    public Random Random { get; }

    public Grammar Grammar { get; }

    public Mutations Mutations { get; }

    /// <summary>How often each status was answered, errors with their scimType.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    public static async Task<FuzzRun> StartAsync(ITestOutputHelper output, SchemaRegistry? schemas = null)
    {
        var random = new Random(Seed.Next(output));
        var host = new ScimHost { Schemas = schemas ?? SchemaRegistry.BuiltIn };
        await host.InitializeAsync();
        // What is written on the side would look like the doing of a request.
        await host.StopNotingUseAsync();
        await host.Get<SecurityLog>().StopAsync(CancellationToken.None);
        var watch = new SqliteConnection($"Data Source={host.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await watch.OpenAsync();
        return new FuzzRun(output, host, watch, random);
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Creates resources of every type, people first.</summary>
    public async Task PopulateAsync(int people)
    {
        foreach (var type in Host.Schemas.ResourceTypes)
        {
            var wanted = type.HasAccounts ? people : people / 4;
            for (var created = 0; created < wanted; )
            {
                var reply = await SendAsync(HttpMethod.Post, type.Endpoint, Bytes(Grammar.Document(type)));
                if (reply.Status == 201)
                {
                    Grammar.Know(type, reply.Id);
                    created++;
                }
            }
        }

        _answers.Clear();
    }

    /// <summary>Every resource of a type with everything that an answer can hold.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type)
    {
        var reply = await Host.Contoso.GetAsync($"{type.Endpoint}?count=1000&attributes={AllOf(type)}");
        Assert.Equal(200, reply.Status);
        var resources = reply.Body["Resources"]!.AsArray().Select(resource => resource!.AsObject()).ToList();
        Assert.Equal(reply.Body["totalResults"]!.GetValue<int>(), resources.Count);
        return resources;
    }

    /// <summary>Sends a request and asserts of the answer what holds of all of them.</summary>
    /// <param name="path">Below the base URL, sent as it is written here.</param>
    public async Task<ScimReply> SendAsync(HttpMethod method, string path, byte[]? body = null, Action<HttpRequestMessage>? prepare = null)
    {
        var before = await StateAsync();
        var reply = await AnswerAsync();
        try
        {
            var scimType = AssertSound(reply);
            var label = scimType is null ? $"{reply.Status}" : $"{reply.Status} {scimType}";
            Count(label);
            var mayChange =
                reply.Status is >= 200 and < 300 && method != HttpMethod.Get && !path.EndsWith("/.search", StringComparison.Ordinal);
            if (!mayChange && before != await StateAsync())
            {
                // What is refused after it was begun is written back, as it was.
                var content = await ContentAsync();
                Assert.Equal(reply.Text, (await AnswerAsync()).Text);
                Assert.Equal(content, await ContentAsync());
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"{method} {path}\n{Shown(body)}\n{reply.Status} {reply.ContentType}\n{reply.Text}",
                exception
            );
        }

        return reply;

        Task<ScimReply> AnswerAsync() =>
            Host.Contoso.SendAsync(
                method,
                "",
                null,
                request =>
                {
                    var address = $"{Host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}/scim/v2/{Host.Contoso.Identifier}{path}";
                    request.RequestUri = new Uri(address, AsWritten);
                    if (body is not null)
                    {
                        request.Content = new ByteArrayContent(body);
                        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/scim+json");
                    }

                    prepare?.Invoke(request);
                }
            );
    }

    /// <summary>Who puts back what was got changes nothing.</summary>
    public async Task AssertPutChangesNothingAsync(ResourceType type, string id)
    {
        if (type.SecretPaths.Any(path => path.Attribute.MultiValued))
        {
            // Values that differ only in what nobody can read can't be put back.
            return;
        }

        // What is answered on request only has to be asked for by who wants to put it back.
        var address = $"{type.Endpoint}/{id}{(type.ReturnsOnRequest ? $"?attributes={AllOf(type)}" : "")}";
        var got = await SendAsync(HttpMethod.Get, address);
        Assert.Equal(200, got.Status);

        var put = await SendAsync(HttpMethod.Put, address, Bytes(got.Text));
        var again = await SendAsync(HttpMethod.Get, address);

        Assert.True(put.Status == 200, $"{got.Text}\n{put.Text}");
        Assert.True(got.Text == again.Text, $"{got.Text}\n{put.Text}\n{again.Text}");
        Assert.Equal(got.Version, again.Version);
        Assert.Equal(got.Version, put.Version);
    }

    /// <summary>
    /// Everything that a request could change. In a long run, which would spend its time on reading all of it again and again, sums over the
    /// tables stand for their rows: what is written is at least counted, or moves a version on.
    /// </summary>
    private async Task<string> ContentAsync()
    {
        const long FewRows = 2_000;
        const string Sums = """
            SELECT (SELECT COALESCE(MAX("Seq"), 0) FROM journal),
                (SELECT printf('%d %d %d %d', COUNT(*), TOTAL(version), TOTAL(length(doc)), TOTAL(modified)) FROM resources),
                (SELECT COUNT(*) FROM resource_values), (SELECT COUNT(*) FROM resource_unique), (SELECT COUNT(*) FROM members),
                (SELECT TOTAL(total) FROM counters), (SELECT COUNT(*) FROM account_organizations),
                (SELECT printf('%d %d %d', COUNT(*), TOTAL("Active"), TOTAL(length("SearchKey"))) FROM accounts)
            """;
        await using var command = _watch.CreateCommand();
        command.CommandText = Sums;
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        return rows.GetInt64(0) < FewRows
            ? await Host.StateAsync()
            : string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.GetValue(column)));
    }

    public void Count(string label) => _answers[label] = _answers.GetValueOrDefault(label) + 1;

    /// <summary>Tells what was answered, and asserts that the answers were not all of one kind.</summary>
    public void Report(string what, int cases, params string[] expected)
    {
        var counts = string.Join(
            ", ",
            _answers.Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Key}: {answer.Value:N0}"))
        );
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {cases:N0} cases: {counts}"));
        Assert.Empty(expected.Except(_answers.Keys));
    }

    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string AllOf(ResourceType type) =>
        string.Join(
            ',',
            type.CoreAttributes.Select(attribute => attribute.Name).Concat(type.Extensions.Select(extension => extension.Schema.Id))
        );

    private static string? AssertSound(ScimReply reply)
    {
        // What is not offered (/Me) is said on purpose; every other status of 500 and above is a failure.
        Assert.True(reply.Status is (>= 200 and < 500) or 501, $"{reply.Status}");
        Assert.Equal(20, reply.RequestId.Length);
        if (reply.Text.Length == 0)
        {
            Assert.True(reply.Status is 204 or 304, $"{reply.Status} without a body.");
            Assert.Null(reply.ContentType);
            return null;
        }

        Assert.True(reply.ContentType is "application/scim+json" or "application/json", reply.ContentType);
        // Reading each property once says that none is there twice.
        using var read = JsonDocument.Parse(reply.Text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        Assert.DoesNotContain("\"password\":", reply.Text, StringComparison.OrdinalIgnoreCase);
        return reply.Status < 400 ? null : AssertError(reply);
    }

    private static string? AssertError(ScimReply reply)
    {
        var scimType = reply.Body["scimType"]?.GetValue<string>();
        (reply with { ContentType = "application/scim+json" }).AssertError(reply.Status, scimType);
        Assert.True(reply.Status != 400 || scimType is not null, "400 says in scimType what is wrong.");
        return scimType;
    }

    /// <summary>A number that is another one after every transaction that changed anything.</summary>
    private async Task<long> StateAsync()
    {
        await using var command = _watch.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Shown(byte[]? body) =>
        body is null ? "" : $"{System.Text.Encoding.UTF8.GetString(body)}\n{Convert.ToBase64String(body)}";
}
