using CsCheck;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Tests.Core.Provisioning;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Filtering;

public sealed class FilterPrintingTests
{
    [Fact]
    public void A_printed_filter_is_read_as_the_same_filter() =>
        RandomDirectory.Case.Sample(
            question =>
            {
                var filter = Json.Done(FilterParser.Parse(question.Filter, question.Type)).Expression;
                var printed = filter.ToString()!;

                var again = Json.Done(FilterParser.Parse(printed, question.Type));

                Assert.Equal(filter, again.Expression);
                Assert.Equal(printed, again.ToString());
                Assert.Empty(again.Repairs);
            },
            iter: Scale.Of("NINJAIAM_CASES", 5_000),
            print: question => question.Filter
        );
}
