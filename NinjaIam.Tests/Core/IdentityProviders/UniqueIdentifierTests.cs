using NinjaIam.Core.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class UniqueIdentifierTests
{
    [Fact]
    public void Every_new_one_is_well_formed_and_different()
    {
        var created = Enumerable.Range(0, 1000).Select(_ => UniqueIdentifier.Create()).ToList();

        Assert.All(created, identifier => Assert.True(UniqueIdentifier.IsWellFormed(identifier)));
        Assert.Equal(1000, created.Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abcdefghijk")]
    [InlineData("abcdefghijklm")]
    [InlineData("1bcdefghijkl")]
    [InlineData("Abcdefghijkl")]
    [InlineData("abcdefghij-l")]
    [InlineData("abcdefghijké")]
    public void Anything_else_is_not(string? text) => Assert.False(UniqueIdentifier.IsWellFormed(text));
}
