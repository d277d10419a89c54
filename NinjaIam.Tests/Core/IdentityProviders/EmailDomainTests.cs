using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

public sealed class EmailDomainTests
{
    [Theory]
    [InlineData("contoso.com", "contoso.com")]
    [InlineData(" @Contoso.COM. ", "contoso.com")]
    [InlineData("ada.lind@contoso.com", "contoso.com")]
    [InlineData("mail . contoso.com", "mail.contoso.com")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("live.contoso.com", "live.contoso.com")]
    [Proves("rule-5")]
    public void What_was_typed_becomes_a_domain(string typed, string domain) => Assert.Equal(domain, Clean(typed));

    [Theory]
    [InlineData("  ", "Enter an email domain")]
    [InlineData("@", "Enter an email domain")]
    [InlineData("contoso", "not an email domain")]
    [InlineData("contoso..com", "not an email domain")]
    [InlineData("-contoso.com", "not an email domain")]
    [InlineData("con_toso.com", "not an email domain")]
    [InlineData("contoso.123", "not an email domain")]
    [InlineData("https://contoso.com", "without https://")]
    [InlineData("*.contoso.com", "match exactly")]
    [InlineData("192.168.0.1", "IP address")]
    [InlineData("ada@[::1]", "IP address")]
    [InlineData("GMAIL.com", "public mail service")]
    [InlineData("ada@hotmail.co.uk", "public mail service")]
    public void What_cannot_be_claimed_is_refused_with_its_reason(string typed, string reason) =>
        Assert.Contains(reason, Clean(typed), StringComparison.Ordinal);

    [Fact]
    public void Labels_and_whole_names_have_a_longest_length()
    {
        Assert.Contains("not an email domain", Clean(new string('a', 64) + ".com"), StringComparison.Ordinal);
        Assert.Contains("not an email domain", Clean(string.Concat(Enumerable.Repeat("abcdefg.", 32)) + "com"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ada@Contoso.com", "contoso.com")]
    [InlineData("a@b@bücher.example", "xn--bcher-kva.example")]
    [InlineData("ada@gmail.com", "gmail.com")]
    [InlineData("ada", null)]
    [InlineData("ada@", null)]
    [InlineData(null, null)]
    public void A_user_name_has_the_domain_after_its_last_at(string? userName, string? domain) =>
        Assert.Equal(domain, EmailDomain.Of(userName));

    private static string Clean(string typed) => EmailDomain.Clean(typed).Match(domain => domain, refusal => refusal.Detail);
}
