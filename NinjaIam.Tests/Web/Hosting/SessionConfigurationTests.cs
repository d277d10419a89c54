using Microsoft.Extensions.Configuration;
using NinjaIam.Core.Accounts;
using NinjaIam.Tests.Conformance;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Web.Hosting;

public sealed class SessionConfigurationTests
{
    [Theory]
    [InlineData(null, 60)]
    [InlineData("", 60)]
    [InlineData("5", 5)]
    [InlineData("720", 720)]
    [Proves("rule-50")]
    public void A_session_is_idle_for_an_hour_unless_it_is_set(string? value, int minutes) => Assert.Equal(minutes, Read(value));

    [Theory]
    [InlineData("4")]
    [InlineData("721")]
    [InlineData("1.5")]
    [InlineData("one hour")]
    [Proves("rule-50")]
    public void A_wrong_setting_is_named_and_says_how_it_should_be(string value) =>
        Assert.Equal(
            $"The setting SignIn:IdleMinutes is \"{value}\". Enter a whole number between 5 and 720.",
            Assert.Throws<InvalidSettingException>(() => Read(value)).Message
        );

    private static int Read(string? value)
    {
        var limits = new SessionLimits();
        var values = new Dictionary<string, string?> { ["SignIn:IdleMinutes"] = value };
        PortalConfiguration.Apply(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), limits);
        return limits.IdleMinutes;
    }
}
