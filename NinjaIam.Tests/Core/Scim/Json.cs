using System.Text;
using System.Text.Json.Nodes;
using NinjaIam.Core.Scim.Messages;
using Xunit;

namespace NinjaIam.Tests.Core.Scim;

/// <summary>Bodies and outcomes for the tests of the protocol.</summary>
internal static class Json
{
    public static JsonObject Object(string json) =>
        ScimJson.Parse(Encoding.UTF8.GetBytes(json)).Match(done => done, error => throw new InvalidOperationException(error.Detail));

    public static T Done<T>(ScimOutcome<T> outcome)
        where T : notnull => outcome.Match(done => done, error => throw new InvalidOperationException($"{error.Type}: {error.Detail}"));

    public static ScimError Failed<T>(ScimOutcome<T> outcome)
        where T : notnull => outcome.Match(done => throw new InvalidOperationException($"Not refused: {done}"), error => error);

    /// <summary>Asserts equal content, whatever the order of properties.</summary>
    public static void Equal(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}, found {actual?.ToJsonString()}");
}
