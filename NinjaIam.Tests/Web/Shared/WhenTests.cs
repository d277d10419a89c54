using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class WhenTests : PortalTestContext
{
    [Theory]
    [InlineData(-20, "just now")]
    [InlineData(-150, "2 min ago")]
    [InlineData(-26 * 3600, "1 day ago")]
    [InlineData(-3 * 3600, "3 h ago")]
    [InlineData(-5 * 86400, "5 days ago")]
    [InlineData(-8 * 86400, "15 Nov 2026")]
    [InlineData(13 * 86400 + 60, "in 13 days")]
    [InlineData(90, "in 1 min")]
    public void A_near_moment_is_told_by_its_distance_and_an_old_one_by_its_date(int secondsFromNow, string text)
    {
        var when = Render<When>(parameters => parameters.Add(w => w.Moment, Time.GetUtcNow().AddSeconds(secondsFromNow)));

        Assert.Equal(text, when.Find("time").TextContent);
    }

    [Fact]
    public void It_stays_true_while_time_passes()
    {
        var when = Render<When>(parameters => parameters.Add(w => w.Moment, Time.GetUtcNow()));

        Time.Advance(TimeSpan.FromMinutes(2));

        when.WaitForAssertion(() => Assert.Equal("2 min ago", when.Find("time").TextContent));
    }

    [Fact]
    public void Decisions_get_date_time_and_zone_of_the_person()
    {
        Services.GetRequiredService<PersonClock>().UseZone("Europe/Berlin");

        var when = Render<When>(parameters =>
            parameters.Add(w => w.Moment, new DateTimeOffset(2027, 1, 23, 16, 58, 0, TimeSpan.Zero)).Add(w => w.Form, WhenForm.Full)
        );

        Assert.Equal("23 Jan 2027, 17:58 UTC+1", when.Find("time").TextContent);
        Assert.Equal("2027-01-23T16:58:00Z", when.Find("time").GetAttribute("datetime"));
        Assert.Equal("23/01/2027 17:58:00 (23/01/2027 16:58:00 UTC)", when.Find("time").GetAttribute("title"));
    }

    [Fact]
    public void A_zone_nobody_knows_leaves_the_times_in_UTC()
    {
        var clock = Services.GetRequiredService<PersonClock>();

        clock.UseZone("Middle/Earth");

        Assert.Equal(TimeZoneInfo.Utc, clock.Zone);
    }

    [Fact]
    public void No_moment_is_an_en_dash()
    {
        var when = Render<When>(parameters => parameters.Add(w => w.Moment, null));

        Assert.Equal("–", when.Find(TestId("when")).TextContent);
    }
}
