using NinjaIam.Core.Accounts;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("Passw0rd2026!")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("Summer2026!!")]
    [InlineData("NinjaIam 2026")]
    [InlineData("AdaLind-2026")]
    [InlineData("ada.lind@example.com")]
    [InlineData("letmein letmein")]
    [InlineData("Administrator1")]
    [Proves("asvs-6.2.4", "asvs-6.2.11")]
    public void What_everybody_would_try_is_refused(string password) =>
        Assert.Contains(
            new NewAdministratorValidator().Validate(Wanted(password)).Errors,
            error => error.ErrorMessage.StartsWith("This is easy to guess", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("k3X9vQ2mLpR7")]
    [InlineData("seven teapots on a roof")]
    [InlineData("Donaudampfschiff!")]
    [InlineData("dragon tiger monkey horse summer")]
    [Proves("asvs-6.2.5")]
    public void What_is_long_and_unusual_is_taken_without_rules_of_composition(string password) =>
        Assert.Empty(new NewAdministratorValidator().Validate(Wanted(password)).Errors);

    private static NewAdministrator Wanted(string password) =>
        new()
        {
            FullName = "Ada Lind",
            Email = "ada.lind@example.com",
            Password = password,
        };
}
