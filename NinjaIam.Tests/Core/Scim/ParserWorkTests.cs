using System.Text;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Reliability.Fuzzing;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Core.Scim;

/// <summary>Readers stop at their limits before they go deeper. What they allocate is counted, as that is the same on every machine.</summary>
public sealed class ParserWorkTests(ITestOutputHelper output)
{
    private const int Much = 1_000_000;

    [Theory]
    [InlineData("(")]
    [InlineData("not (")]
    [InlineData("emails[")]
    [InlineData("userName pr and ")]
    [InlineData("\"")]
    [InlineData("é")]
    public void A_filter_that_is_too_long_is_not_even_cut_into_words(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Much / piece.Length));

        Assert.InRange(Allocated(() => FilterParser.Parse(text, BuiltInResourceTypes.User)), 0, 10_000);
    }

    [Theory]
    [InlineData("{\"a\":[")]
    [InlineData("{\"a\":")]
    public void A_body_that_is_nested_too_deeply_is_left_at_the_limit(string piece)
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Much / piece.Length)));

        Assert.InRange(Allocated(() => ScimJson.Parse(body)), 0, 100_000);
    }

    [Fact]
    [Proves("asvs-1.3.12", "asvs-4.3.1")]
    public void No_filter_costs_more_than_its_length_allows()
    {
        var random = new Random(Seed.Next(output));
        var (grammar, mutations) = (new Grammar(random, SchemaRegistry.BuiltIn), new Mutations(random));
        for (var number = 0; number < Scale.Of("NINJAIAM_CASES", 5_000); number++)
        {
            var type = grammar.Type();
            var text = mutations.TextOf(grammar.Filter(type));

            var allocated = Allocated(() => FilterParser.Parse(text, type));

            Assert.True(allocated <= 20_000 + (400L * Math.Min(text.Length, FilterParser.MaxLength)), $"{allocated} bytes for {text}");
        }
    }

    private static long Allocated(Action read)
    {
        // What is made once for all belongs to the first time.
        read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
