using System.Text.Json.Nodes;
using NinjaIam.Core.Accounts;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Dialects;

/// <summary>
/// Replays what provisioning clients are documented to send. Each file names its source, its steps with what the answer must hold, and
/// the state that must be stored in the end. <c>${name}</c> stands for a value that an earlier step remembered; <c>repairs</c> are the rules
/// that the log of requests has to name, and no others.
/// </summary>
public sealed class DialectTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();
    private readonly Dictionary<string, string> _remembered = [];

    public static TheoryData<string> Exchanges => [.. Exchange.All.Select(exchange => exchange.File)];

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task The_documented_exchange_works(string file)
    {
        var exchange = Exchange.All.Single(one => one.File == file);
        Assert.NotEmpty(exchange.Source);

        foreach (var step in exchange.Steps)
        {
            await RunAsync(step);
        }

        foreach (var (name, expected) in exchange.Accounts)
        {
            var account = await _host.AccountAsync(_remembered[name]);
            AssertHolds(expected, StateOf(account), $"the account of {name}");
        }
    }

    private async Task RunAsync(JsonObject step)
    {
        var name = step["step"]!.GetValue<string>();
        var reply = await _host.Contoso.SendAsync(
            new HttpMethod(step["method"]!.GetValue<string>()),
            Fill(step["path"]!.GetValue<string>()),
            step["body"] is { } body ? Fill(body.ToJsonString()) : null,
            request => Prepare(request, step)
        );

        Assert.True(step["status"]!.GetValue<int>() == reply.Status, $"{name}: found {reply.Status} {reply.Text}");
        if (reply.Status != 204)
        {
            Assert.Equal(step["headers"]?["Accept"]?.GetValue<string>() ?? "application/scim+json", reply.ContentType);
        }

        if (step["answer"] is { } answer)
        {
            AssertHolds(JsonNode.Parse(Fill(answer.ToJsonString())), reply.Body, name);
        }

        foreach (var absent in step["absent"]?.AsArray() ?? [])
        {
            Assert.False(reply.Body.ContainsKey(absent!.GetValue<string>()), $"{name}: {absent} is still there: {reply.Text}");
        }

        if (step["repairs"] is JsonArray repairs)
        {
            var made = (await _host.LoggedAsync(reply)).Repairs.Select(repair => repair.Split(':')[0]);
            Assert.Equal(repairs.Select(rule => rule!.GetValue<string>()).Order(), made.Distinct().Order());
        }

        if (step["remember"]?.GetValue<string>() is { } key)
        {
            _remembered[key] = reply.Id;
        }
    }

    /// <summary>A header with null is not sent.</summary>
    private static void Prepare(HttpRequestMessage request, JsonObject step)
    {
        foreach (var (name, value) in step["headers"]?.AsObject() ?? [])
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = null;
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value!.GetValue<string>());
            }
        }
    }

    private string Fill(string text) =>
        _remembered.Aggregate(text, (filled, pair) => filled.Replace($"${{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    /// <summary>Objects may hold more than what is expected; lists hold exactly as many values.</summary>
    private static void AssertHolds(JsonNode? expected, JsonNode? actual, string where)
    {
        switch (expected)
        {
            case JsonObject properties:
                Assert.True(actual is JsonObject, $"{where}: expected an object, found {actual?.ToJsonString()}");
                foreach (var (name, value) in properties)
                {
                    AssertHolds(value, actual![name], $"{where}, {name}");
                }

                break;
            case JsonArray values:
                Assert.True(values.Count == (actual as JsonArray)?.Count, $"{where}: found {actual?.ToJsonString()}");
                for (var index = 0; index < values.Count; index++)
                {
                    AssertHolds(values[index], actual![index], $"{where}[{index}]");
                }

                break;
            default:
                Assert.True(
                    JsonNode.DeepEquals(expected, actual),
                    $"{where}: expected {expected?.ToJsonString()}, found {actual?.ToJsonString()}"
                );
                break;
        }
    }

    private static JsonObject StateOf(User account) =>
        new()
        {
            ["userName"] = account.UserName,
            ["email"] = account.Email,
            ["name"] = account.Name,
            ["active"] = account.Active,
            ["deleted"] = account.DeletedAt is not null,
            ["kind"] = account.Kind.ToString(),
        };
}
