using Bunit;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Activities;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

public sealed class RequestLogOffTests : EndpointTestContext
{
    [Fact]
    public async Task While_the_log_is_off_the_panel_says_so()
    {
        await Contoso.AddUserAsync("ada@contoso.com");
        var change = (await Host.ActivitiesAsync())[0];

        var drawer = Open<ActivityDrawer>($"/activities?activity={change.Id}&view=request");

        drawer.WaitForAssertion(() =>
            Assert.Equal(
                "The request log is switched off, and this request is not in it.",
                drawer.Find(TestId("request-absent")).TextContent
            )
        );
    }

    protected override void SetRequestLog(RequestLogOptions log) => log.Enabled = false;
}
