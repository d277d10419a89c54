using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning.Leaving;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>Very many people who lose their access at once are noticed, can be brought back, and are held back where that is chosen.</summary>
public sealed class MassDepartureTests : IAsyncLifetime
{
    private const string Off = """{"op":"replace","path":"active","value":false}""";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private MassDepartures Departures => _host.Get<MassDepartures>();

    [Theory]
    [InlineData(100, 19, false)]
    [InlineData(100, 20, true)]
    [InlineData(250, 25, false)]
    [InlineData(250, 26, true)]
    public async Task Twenty_people_and_more_than_a_tenth_within_an_hour_are_noticed(int managed, int leaving, bool noticed)
    {
        var people = await Contoso.AddUsersAsync(managed);

        // Half by deactivating, half by deleting.
        await LeaveAsync(people.Take(leaving));

        var open = await OpenAsync();
        Assert.Equal(noticed ? 1 : 0, open.Count);
        if (noticed)
        {
            Assert.Equal((leaving, managed), (open[0].Departure.People, open[0].Departure.Managed));
            Assert.Single(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.MassDepartureNoticed);
        }
    }

    [Fact]
    public async Task What_is_spread_over_more_than_an_hour_is_ordinary()
    {
        var people = await Contoso.AddUsersAsync(60);
        foreach (var some in people.Take(36).Chunk(12))
        {
            await LeaveAsync(some);
            _host.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Empty(await OpenAsync());
        // What is past the hour is not kept either.
        await using var database = _host.Read();
        Assert.Equal(1, await database.DepartureMinutes.CountAsync());
    }

    [Fact]
    [Proves("rule-23", "rule-24")]
    public async Task Exactly_those_people_are_restored_with_their_roles_and_can_leave_again()
    {
        var people = await Contoso.AddUsersAsync(60);
        var before = people[59];
        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{before}", Off)).Status);
        _host.Clock.Advance(TimeSpan.FromHours(2));
        var roles = _host.Get<NinjaIam.Core.Accounts.Roles.Roles>();
        var role = Installation.Done(
            await roles.CreateAsync(
                AccountKind.EndUser,
                new NinjaIam.Core.Accounts.Roles.RoleInput { Name = "Viewer" },
                _host.Administrator,
                CancellationToken.None
            )
        );
        foreach (var id in people.Take(2))
        {
            Installation.Done(await roles.GiveAsync(Guid.Parse(id), role, _host.Administrator, CancellationToken.None));
        }

        var group = await Contoso.AddGroupAsync("Helpdesk", people);
        await LeaveAsync(people.Take(24));
        Assert.Equal(60 - 12, (await Contoso.GetAsync($"/Groups/{group}")).Body["members"]!.AsArray().Count);
        var departure = Assert.Single(await OpenAsync()).Departure;
        Assert.Equal(24, departure.People);

        var restored = Installation.Done(await Departures.RestoreAsync(departure.Id, _host.Administrator, CancellationToken.None));

        Assert.Equal(new RestoredPeople(24, 0), restored);
        foreach (var id in people.Take(24))
        {
            var reply = await Contoso.GetAsync($"/Users/{id}");
            Assert.Equal((200, true), (reply.Status, reply.Body["active"]!.GetValue<bool>()));
        }

        foreach (var id in people.Take(2))
        {
            var person = (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(id), CancellationToken.None))!;
            Assert.Equal((AccountStatus.Active, "Viewer"), (person.Person.Status, Assert.Single(person.Person.Roles)));
        }

        Assert.Equal(60, (await Contoso.GetAsync($"/Groups/{group}")).Body["members"]!.AsArray().Count);
        Assert.False((await Contoso.GetAsync($"/Users/{before}")).Body["active"]!.GetValue<bool>());
        Assert.Empty(await OpenAsync());
        Assert.True((await Departures.RestoreAsync(departure.Id, _host.Administrator, CancellationToken.None)).IsRefused);
        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{people[0]}", Off)).Status);
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Fact]
    public async Task Who_came_back_by_themselves_or_lost_the_name_is_left_alone()
    {
        var people = await Contoso.AddUsersAsync(40);
        await LeaveAsync(people.Take(22));
        // The even ones were deactivated, the odd ones deleted.
        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{people[0]}", """{"op":"replace","path":"active","value":true}""")).Status);
        await Contoso.AddUserAsync("person000001@contoso.com", ""","externalId":"other" """);
        var departure = Assert.Single(await OpenAsync()).Departure;

        var restored = Installation.Done(await Departures.RestoreAsync(departure.Id, _host.Administrator, CancellationToken.None));

        Assert.InRange(restored.People, 20, 21);
        Assert.Empty(await OpenAsync());
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Fact]
    public async Task A_provider_that_holds_them_back_puts_off_what_is_too_much_until_somebody_approves()
    {
        await HoldAsync();
        var people = await Contoso.AddUsersAsync(60);
        await LeaveAsync(people.Take(19));

        var held = await Contoso.PatchAsync($"/Users/{people[20]}", Off);
        var heldToo = await Contoso.DeleteAsync($"/Users/{people[21]}");

        Assert.Equal((503, "600"), (held.Status, held.Header("Retry-After")));
        Assert.Equal(503, heldToo.Status);
        Assert.True((await _host.AccountAsync(people[20])).Active);
        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{people[20]}", """{"op":"add","path":"title","value":"T"}""")).Status);
        var departure = Assert.Single(await OpenAsync()).Departure;
        Assert.True(departure.IsHeld);

        Installation.Done(await Departures.ApproveAsync(departure.Id, _host.Administrator, CancellationToken.None));

        await LeaveAsync(people.Skip(20));
        Assert.Empty(await OpenAsync());
        _host.Clock.Advance(MassDeparture.ApprovedFor);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    [Proves("rule-2")]
    public async Task Nobody_but_a_system_administrator_restores_or_approves()
    {
        var people = await Contoso.AddUsersAsync(40);
        await LeaveAsync(people.Take(22));
        var departure = Assert.Single(await OpenAsync()).Departure;
        var stranger = Origin.Of(new Actor(ActorKind.Administrator, Guid.NewGuid(), "Eve"));

        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Departures.ApproveAsync(departure.Id, stranger, CancellationToken.None)).Kind
        );
        Assert.True((await Departures.RestoreAsync(departure.Id, stranger, CancellationToken.None)).IsRefused);
        Assert.Single(await OpenAsync());
    }

    private async Task LeaveAsync(IEnumerable<string> people)
    {
        foreach (var (id, index) in people.Select((id, index) => (id, index)))
        {
            var reply = index % 2 == 0 ? await Contoso.PatchAsync($"/Users/{id}", Off) : await Contoso.DeleteAsync($"/Users/{id}");
            Assert.InRange(reply.Status, 200, 204);
        }
    }

    private Task<IReadOnlyList<OpenDeparture>> OpenAsync() =>
        Departures.OpenAsync(Actor.System, Contoso.ProviderId, CancellationToken.None);

    private async Task HoldAsync()
    {
        var providers = _host.Get<Providers>();
        var details = (await providers.FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None))!;
        Installation.Done(
            await providers.ChangeAsync(
                details.Id,
                details.Input with
                {
                    HoldsMassDepartures = true,
                },
                details.Stamp,
                _host.Administrator,
                CancellationToken.None
            )
        );
    }
}
