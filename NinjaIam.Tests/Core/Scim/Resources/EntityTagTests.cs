using NinjaIam.Core.Scim.Resources;
using Xunit;

namespace NinjaIam.Tests.Core.Scim.Resources;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData("W/\"7\"", true)]
    [InlineData("\"7\"", true)]
    [InlineData("7", true)]
    [InlineData("*", true)]
    [InlineData("W/\"6\", W/\"7\"", true)]
    [InlineData("W/\"6\"", false)]
    [InlineData("W/\"07\"", false)]
    [InlineData("W/\"77\"", false)]
    public void Tags_compare_weakly(string header, bool matches) =>
        Assert.Equal(matches, EntityTagCondition.Parse(header)!.Holds(new EntityTag(7)));

    [Fact]
    public void No_header_is_no_condition()
    {
        Assert.Null(EntityTagCondition.Parse(null));
        Assert.Null(EntityTagCondition.Parse(" "));
    }

    [Fact]
    public void A_tag_is_printed_as_weak() => Assert.Equal("W/\"12\"", new EntityTag(12).ToString());
}
