using NinjaIam.Web.Appearance;
using Xunit;

namespace NinjaIam.Tests.Web.Appearance;

public sealed class AppearanceCookieTests
{
    [Theory]
    [InlineData("light", AppearanceChoice.Light)]
    [InlineData("dark", AppearanceChoice.Dark)]
    [InlineData("system", AppearanceChoice.System)]
    [InlineData("\"><script>", AppearanceChoice.System)]
    [InlineData(null, AppearanceChoice.System)]
    public void Only_the_three_choices_are_understood(string? value, AppearanceChoice choice) =>
        Assert.Equal(choice, AppearanceCookie.Parse(value));

    [Theory]
    [InlineData(AppearanceChoice.Light)]
    [InlineData(AppearanceChoice.Dark)]
    [InlineData(AppearanceChoice.System)]
    public void What_is_written_is_read_again(AppearanceChoice choice) =>
        Assert.Equal(choice, AppearanceCookie.Parse(AppearanceCookie.Write(choice)));
}
