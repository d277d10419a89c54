using System.Net;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Tokens;

public sealed class TokenAccessTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    public void Networks_and_single_addresses_are_read(string text, string network)
    {
        var access = Installation.Done(TokenAccess.Parse(TokenScope.Read, [text]));

        Assert.Equal(network, access.NetworksText);
    }

    [Theory]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("203.0.113.0/24/8")]
    [InlineData("203/8")]
    [InlineData("::ffff:203.0.113.7/24")]
    [InlineData("203")]
    [InlineData("203.0.113")]
    [InlineData("010.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("contoso.com")]
    [InlineData("")]
    public void What_is_no_network_is_refused_and_named(string text)
    {
        var refusal = TokenAccess.Parse(TokenScope.Read, ["203.0.113.0/24", text]).RefusalOrNull();

        Assert.Equal((RefusalKind.InvalidValue, "Networks"), (refusal?.Kind, refusal?.Field));
        Assert.StartsWith($"\"{text}\" is not a network.", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void More_networks_than_anybody_needs_are_refused()
    {
        var networks = Enumerable.Range(0, TokenAccess.MostNetworks + 1).Select(number => $"10.0.{number}.0/24").ToList();

        Assert.True(TokenAccess.Parse(TokenScope.ReadAndWrite, networks).IsRefused);
        Assert.False(TokenAccess.Parse(TokenScope.ReadAndWrite, networks[1..]).IsRefused);
    }

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("203.0.114.7", false)]
    [InlineData("::1", false)]
    [InlineData(null, false)]
    public void Only_addresses_of_its_networks_are_allowed(string? address, bool isAllowed)
    {
        var access = Installation.Done(TokenAccess.Parse(TokenScope.Read, ["203.0.113.0/24", "2001:db8::/32"]));

        Assert.Equal(isAllowed, access.Allows(address is null ? null : IPAddress.Parse(address)));
        Assert.True(TokenAccess.Everything.Allows(address is null ? null : IPAddress.Parse(address)));
    }
}
