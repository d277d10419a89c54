using Microsoft.Extensions.Time.Testing;
using NinjaIam.Core.Accounts;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class SignInDelaysTests
{
    private const string Address = "192.0.2.7";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly SignInDelays _delays;

    public SignInDelaysTests() => _delays = new SignInDelays(_clock);

    [Fact]
    public void After_three_tries_each_further_one_is_let_through_alone_and_doubles_the_wait()
    {
        Assert.Equal([0, 0, 0, 1, 1], Enumerable.Range(0, 5).Select(_ => _delays.Reserve("ada", Address)));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([0, 2, 2], Enumerable.Range(0, 3).Select(_ => _delays.Reserve("ada", Address)));
    }

    [Fact]
    public void A_try_that_is_taken_back_counts_for_nothing()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(0, _delays.Reserve("ada", Address));
            _delays.TakeBack("ada", Address);
        }

        Assert.Equal(0, _delays.SecondsToWait("ada", Address));
    }

    [Fact]
    public void However_many_names_are_tried_the_memory_of_them_is_bounded_and_keeps_the_latest()
    {
        for (var number = 0; number < 250_000; number++)
        {
            _delays.Reserve($"name {number}", Address);
        }

        Assert.InRange(_delays.Count, 50_000, 100_000);
        _delays.Reserve("name 249999", Address);
        _delays.Reserve("name 249999", Address);
        Assert.Equal(1, _delays.Reserve("name 249999", Address));
    }

    [Theory]
    [InlineData("Ada", "ADA", 1)]
    [InlineData("ada", "bob", 0)]
    public void Names_are_compared_as_accounts_are(string tried, string asked, int seconds) =>
        Assert.Equal(seconds, SecondsAfterThreeTries(tried, asked));

    [Fact]
    public void Long_names_are_told_apart_to_their_last_character_and_half_a_character_is_no_error()
    {
        var start = new string('a', 255);

        Assert.Equal(0, SecondsAfterThreeTries(start + "😀", start + "😁"));
        Assert.Equal(1, SecondsAfterThreeTries(start + "\uD83D", start + "\uD83D"));
    }

    private int SecondsAfterThreeTries(string tried, string asked)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _delays.Reserve(tried, Address);
        }

        return _delays.SecondsToWait(asked, Address);
    }
}
