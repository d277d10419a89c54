using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Tokens;

public sealed class TokenLabelTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData(" Entra, production ", "Entra, production")]
    public void A_label_has_no_spaces_around_it_and_may_be_left_out(string? text, string? label) =>
        Assert.Equal(label, Installation.Done(TokenLabel.Parse(text)));

    [Fact]
    public void A_label_of_sixty_characters_is_the_longest()
    {
        Assert.Equal(60, Installation.Done(TokenLabel.Parse(new string('a', 60)))!.Length);
        Assert.Equal("Label", Installation.Refused(TokenLabel.Parse(new string('a', 61))).Field);
    }

    [Fact]
    public void A_label_is_one_line() => Assert.Equal("Label", Installation.Refused(TokenLabel.Parse("Entra\r\nOkta")).Field);
}
