using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Activities;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Web.Activities;

/// <summary>What the panel says while the log does not have the request of a change.</summary>
public sealed class RequestAbsenceTests : AdministrationTestContext
{
    private const string RequestId = "0199f1c2d3e40123abcd";
    private static readonly TimeSpan LivePace = TimeSpan.FromMilliseconds(200);

    private readonly Guid _provider = Guid.NewGuid();

    [Fact]
    public async Task A_request_that_just_came_is_said_to_be_written_and_appears_by_itself()
    {
        var drawer = await DrawerOfAChangeAsync();
        drawer.WaitForAssertion(() => Assert.Equal("This request is being written to the log.", Words(drawer)));

        Get<RequestLog>()
            .Record(
                new RequestRecord(RequestId, Time.GetUtcNow(), _provider, "a1B2c3D4", "DELETE", "/scim/v2/k3v9q2mh7t12/Users", "")
                {
                    Status = 204,
                    Request = new BodyCopy(),
                    Answer = new BodyCopy(),
                }
            );
        await Get<RequestLog>().FlushAsync(CancellationToken.None);
        Time.Advance(LivePace);

        drawer.WaitForAssertion(() =>
            Assert.Equal("DELETE /scim/v2/k3v9q2mh7t12/Users", drawer.Find($"{TestId("request-path")} dd").TextContent.Trim())
        );
        Assert.Equal("No body.", drawer.Find(TestId("body-none")).TextContent);
    }

    [Fact]
    public async Task A_request_that_was_left_out_is_said_not_to_be_in_the_log()
    {
        var drawer = await DrawerOfAChangeAsync(TimeSpan.FromMinutes(1));

        drawer.WaitForAssertion(() => Assert.StartsWith("This request is not in the log.", Words(drawer), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_log_is_said_to_be_broken()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(Installation.DataDirectory, RequestLogFile.FileName),
            [.. Enumerable.Repeat((byte)0x5A, 100_000)]
        );

        var drawer = await DrawerOfAChangeAsync();

        drawer.WaitForAssertion(() => Assert.Contains("can't be read or written", Words(drawer), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RequestAbsence.LogOff, "switched off")]
    [InlineData(RequestAbsence.DiskFull, "the disk is full")]
    [InlineData(RequestAbsence.TooOld, "kept for 30 days")]
    public void Every_reason_has_words(RequestAbsence absence, string words) =>
        Assert.Contains(words, ActivityRequests.Words(absence, Get<RequestLog>()), StringComparison.Ordinal);

    private static string Words(IRenderedComponent<ActivityDrawer> drawer) => drawer.Find(TestId("request-absent")).TextContent;

    [Fact]
    public async Task What_came_over_no_network_is_not_said_to_have_a_request()
    {
        var drawer = await DrawerOfAChangeAsync(address: null);

        drawer.WaitForAssertion(() =>
            Assert.Equal(["Summary", "Changes"], drawer.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()))
        );
    }

    private async Task<IRenderedComponent<ActivityDrawer>> DrawerOfAChangeAsync(TimeSpan? ago = null, string? address = "192.0.2.7")
    {
        var origin = new Origin(new Actor(ActorKind.Provider, _provider, "Contoso", "a1B2c3D4"), RequestId, address);
        var entry = new JournalEntry(JournalKind.UserDeleted)
        {
            ProviderId = _provider,
            ResourceType = "User",
            ResourceId = $"{Guid.NewGuid()}",
        };
        await Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await Get<ChangeJournal>().AppendAsync(scope, origin, entry, ChangeTopic.Users);
                    return true;
                },
                CancellationToken.None
            );
        var change = (await Get<ActivityLog>().ListAsync(Actor.System, new ActivityFilter(), 1, CancellationToken.None))[0];
        Time.Advance(ago ?? TimeSpan.Zero);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/activities?activity={change.Id}&view=request");
        return Render<ActivityDrawer>();
    }
}
