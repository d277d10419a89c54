using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.Tokens;

public sealed class ScimTokenTextTests
{
    /// <summary>43 characters out of 62 are 256 bits.</summary>
    [Fact]
    [Proves("7644-7.4-1")]
    public void The_secret_of_every_token_is_43_characters_drawn_anew()
    {
        var secrets = Enumerable.Range(0, 2_000).Select(_ => ScimTokenText.Create().Text[13..56]).ToList();

        Assert.Distinct(secrets);
        for (var place = 0; place < 43; place++)
        {
            Assert.Equal(62, secrets.Select(secret => secret[place]).Where(char.IsAsciiLetterOrDigit).Distinct().Count());
        }
    }
}
