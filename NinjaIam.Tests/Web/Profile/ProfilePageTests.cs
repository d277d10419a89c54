using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Profile;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Profile;

public sealed class ProfilePageTests : AdministrationTestContext
{
    [Fact]
    public void The_page_shows_who_is_signed_in_and_how_dates_are_written_for_them()
    {
        var page = Render<ProfilePage>();

        Assert.Equal("Ada Lind", Value(page, "my-name"));
        Assert.Contains("@", Value(page, "my-email"), StringComparison.Ordinal);
        Assert.Equal("System administrator", Value(page, "my-type"));
        Assert.Equal("English (United Kingdom)", Value(page, "my-language"));
        Assert.Equal("UTC", Value(page, "my-time-zone"));
    }

    [Fact]
    public void The_time_zone_appears_once_the_browser_has_told()
    {
        var page = Render<ProfilePage>();

        Services.GetRequiredService<PersonClock>().UseZone("Europe/Berlin");

        page.WaitForAssertion(() => Assert.Equal("Europe/Berlin", Value(page, "my-time-zone")));
    }

    private static string Value(IRenderedComponent<ProfilePage> page, string name) => page.Find($"{TestId(name)} dd").TextContent.Trim();
}
