using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Filtering;

public sealed class FilterParserRobustnessTests
{
    private static readonly string[] Pieces =
    [
        "userName",
        "emails",
        "active",
        "name.",
        ".value",
        "type",
        "eq",
        "ne",
        "pr",
        "and",
        "or",
        "not",
        "(",
        ")",
        "[",
        "]",
        "\"x\"",
        "\"",
        "\\",
        "true",
        "null",
        "7",
        " ",
        " ",
        "\t",
        "urn:x:",
        "\ud800",
        "\0",
        "é",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_is_either_read_or_refused(int seed)
    {
        var random = new PseudoRandom(seed);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Below(14)).Select(_ => random.Pick(Pieces)));

            var outcome = FilterParser.Parse(text, BuiltInResourceTypes.User);

            if (outcome.TryGet(out var filter, out var failure))
            {
                Assert.Equal(filter.Expression, Json.Done(FilterParser.Parse(filter.ToString(), BuiltInResourceTypes.User)).Expression);
            }
            else
            {
                Assert.Equal(ScimErrorType.InvalidFilter, failure.Type);
            }
        }
    }
}
