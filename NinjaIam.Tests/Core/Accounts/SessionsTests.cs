using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class SessionsTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    private Sessions Sessions => _installation.Get<Sessions>();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-50")]
    public async Task The_list_tells_device_address_and_times_of_live_sessions_only()
    {
        var id = await new SampleDirectory(_installation).AddPersonAsync("bob@example.com");
        var first = await StartAsync(id, "192.0.2.1", "Firefox");
        _installation.Clock.Advance(TimeSpan.FromMinutes(50));
        var second = await StartAsync(id, "192.0.2.2", "Chrome");
        var bob = Bob(id, second);

        var both = await Sessions.ListAsync(bob.Actor, id, CancellationToken.None);
        _installation.Clock.Advance(TimeSpan.FromMinutes(20));
        var left = await Sessions.ListAsync(bob.Actor, id, CancellationToken.None);

        Assert.Equal([second, first], both.Select(session => session.Id));
        Assert.Equal(("192.0.2.1", "Firefox"), (both[1].Address, both[1].UserAgent));
        Assert.Equal(TimeSpan.FromMinutes(50), both[0].SignedInAt - both[1].SignedInAt);
        Assert.Equal([second], left.Select(session => session.Id));
    }

    [Fact]
    [Proves("rule-50", "asvs-7.5.2")]
    public async Task Somebody_ends_one_of_their_sessions_or_all_others_and_never_those_of_somebody_else()
    {
        var directory = new SampleDirectory(_installation);
        var (bobId, eveId) = (await directory.AddPersonAsync("bob@example.com"), await directory.AddPersonAsync("eve@example.com"));
        var (one, two, three) = (await StartAsync(bobId), await StartAsync(bobId), await StartAsync(bobId));
        var eve = await StartAsync(eveId);
        var bob = Bob(bobId, one);

        Installation.Done(await Sessions.EndOneAsync(bobId, two, bob, CancellationToken.None));
        Installation.Done(await Sessions.EndOneAsync(bobId, eve, bob, CancellationToken.None));
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Sessions.EndOneAsync(eveId, eve, bob, CancellationToken.None)).Kind
        );
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await Sessions.EndOthersAsync(eveId, bob, CancellationToken.None)).Kind);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Sessions.ListAsync(bob.Actor, eveId, CancellationToken.None));
        Assert.Equal(
            (true, false, true, true),
            (await LivesAsync(one), await LivesAsync(two), await LivesAsync(three), await LivesAsync(eve))
        );

        Installation.Done(await Sessions.EndOthersAsync(bobId, bob, CancellationToken.None));
        Assert.Equal((true, false, true), (await LivesAsync(one), await LivesAsync(three), await LivesAsync(eve)));

        var lines = await _installation
            .Get<ActivityLog>()
            .ListAsync(_installation.Administrator.Actor, new ActivityFilter(), 20, CancellationToken.None);
        Assert.Equal(2, lines.Count(line => line.Kind == JournalKind.SessionsEnded));
        Assert.Contains(lines, line => line is { Kind: JournalKind.SignedIn, ActorKind: ActorKind.Person });
    }

    [Fact]
    [Proves("rule-50")]
    public async Task A_session_that_has_ended_ends_no_other()
    {
        var id = await new SampleDirectory(_installation).AddPersonAsync("bob@example.com");
        var (one, two) = (await StartAsync(id), await StartAsync(id));
        Installation.Done(await Sessions.EndOneAsync(id, one, Bob(id, two), CancellationToken.None));

        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Sessions.EndOthersAsync(id, Bob(id, one), CancellationToken.None)).Kind
        );
        Assert.True(await LivesAsync(two));
    }

    [Fact]
    [Proves("rule-50")]
    public async Task A_system_administrator_ends_the_sessions_of_anybody()
    {
        var id = await new SampleDirectory(_installation).AddPersonAsync("bob@example.com");
        var (one, two) = (await StartAsync(id), await StartAsync(id));

        Assert.Equal(2, (await Sessions.ListAsync(_installation.Administrator.Actor, id, CancellationToken.None)).Count);
        Installation.Done(await Sessions.EndOthersAsync(id, _installation.Administrator, CancellationToken.None));

        Assert.Equal((false, false), (await LivesAsync(one), await LivesAsync(two)));
    }

    [Fact]
    [Proves("rule-50", "asvs-7.3.1", "asvs-7.3.2")]
    public async Task The_idle_time_is_as_set_and_twelve_hours_is_the_end_of_every_session()
    {
        _installation.Get<IOptions<SessionLimits>>().Value.IdleMinutes = SessionLimits.LongestIdleMinutes;
        var id = await new SampleDirectory(_installation).AddPersonAsync("bob@example.com");
        var session = await StartAsync(id);

        _installation.Clock.Advance(TimeSpan.FromHours(6));
        Assert.True(await LivesAsync(session));
        await Sessions.SeenAsync(session, CancellationToken.None);
        _installation.Clock.Advance(TimeSpan.FromHours(6));
        Assert.False(await LivesAsync(session));

        _installation.Get<IOptions<SessionLimits>>().Value.IdleMinutes = SessionLimits.ShortestIdleMinutes;
        var other = await StartAsync(id);
        _installation.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await LivesAsync(other));
    }

    private static Origin Bob(Guid id, Guid session) =>
        Origin.Of(new Actor(ActorKind.Person, id, "bob@example.com")) with
        {
            SessionId = session,
        };

    private async Task<Guid> StartAsync(Guid id, string? address = null, string? userAgent = null)
    {
        var origin = Origin.Of(Actor.System) with { Address = address, UserAgent = userAgent };
        return (await Sessions.StartAsync(id, origin, CancellationToken.None))!.Id;
    }

    private async Task<bool> LivesAsync(Guid session) => await Sessions.FindAsync(session, CancellationToken.None) is not null;
}
