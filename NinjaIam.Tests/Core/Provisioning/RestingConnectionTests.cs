using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>Pausing and disabling a connection, blocking people, and what becomes of whom.</summary>
public sealed class RestingConnectionTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    private ScimConnections Connections => _host.Get<ScimConnections>();

    [Fact]
    public async Task While_SCIM_is_paused_every_request_is_put_off_for_ten_minutes_and_nothing_is_done()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        Installation.Done(await PauseAsync());

        foreach (
            var reply in (ScimReply[])
                [
                    await Contoso.GetAsync($"/Users/{ada}"),
                    await Contoso.PostAsync("/Users", """{"userName":"ben@contoso.com"}"""),
                    await Contoso.DeleteAsync($"/Users/{ada}"),
                ]
        )
        {
            Assert.Equal((503, "600"), (reply.Status, reply.Header("Retry-After")));
            reply.AssertError(503, null);
        }

        Installation.Done(await Connections.ResumeAsync(Contoso.ProviderId, 0, _host.Administrator, CancellationToken.None));
        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{ada}")).Status);
        Assert.Equal(1, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_write_that_was_let_in_before_the_pause_is_put_off_as_well()
    {
        var token = _host.Contoso.Token[4..12];
        var caller = new ProvisioningCall(
            Contoso.ProviderId,
            Origin.Of(new Actor(ActorKind.Provider, Contoso.ProviderId, "Contoso", token))
        );
        var user = Json.Done(DocumentReader.Read(Json.Object("""{"userName":"ada@contoso.com"}"""), BuiltInResourceTypes.User));
        Installation.Done(await PauseAsync());

        var outcome = await _host.Get<UserProvisioning>().CreateAsync(caller, user, CancellationToken.None);

        Assert.Equal(503, outcome.Match(_ => 201, error => error.Status));
        await using var database = _host.Read();
        Assert.Equal(0, await database.Users.CountAsync(person => person.ProviderId == Contoso.ProviderId));
    }

    [Fact]
    public async Task A_pause_ends_by_itself_after_four_hours()
    {
        Installation.Done(await PauseAsync());
        _host.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Connections.EndPausesAsync(CancellationToken.None));
        Assert.Equal(503, (await Contoso.GetAsync("/Users")).Status);

        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await Connections.EndPausesAsync(CancellationToken.None));
        Assert.Equal(200, (await Contoso.GetAsync("/Users")).Status);
    }

    [Fact]
    public async Task A_pause_that_would_overwrite_somebody_waits_for_an_administrator_who_was_shown_it()
    {
        var ada = Guid.Parse(await Contoso.AddUserAsync("ada@contoso.com"));
        Installation.Done(await PauseAsync());
        await EditAsync(ada, "Other");
        _host.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(0, await Connections.EndPausesAsync(CancellationToken.None));
        Assert.Equal(503, (await Contoso.GetAsync("/Users")).Status);
        var stale = Installation.Refused(await Connections.ResumeAsync(Contoso.ProviderId, 0, _host.Administrator, CancellationToken.None));
        Assert.Equal(RefusalKind.Stale, stale.Kind);
        Installation.Done(await Connections.ResumeAsync(Contoso.ProviderId, 1, _host.Administrator, CancellationToken.None));
        Assert.Equal(200, (await Contoso.GetAsync("/Users")).Status);
    }

    [Fact]
    public async Task A_pause_until_it_is_ended_never_ends_by_itself()
    {
        Installation.Done(await Connections.PauseAsync(Contoso.ProviderId, untilEnded: true, _host.Administrator, CancellationToken.None));
        _host.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, await Connections.EndPausesAsync(CancellationToken.None));
    }

    [Fact]
    [Proves("rule-48")]
    public async Task A_block_and_inactivity_are_two_things_and_the_block_wins()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");
        var access = _host.Get<PersonAccess>();
        Installation.Done(await access.BlockAsync(Guid.Parse(ada), _host.Administrator, CancellationToken.None));
        await SetActiveAsync(ada, false);

        await SetActiveAsync(ada, true);

        var person = await PersonAsync(ada);
        Assert.Equal((AccountStatus.Blocked, true, true), (person.Person.Status, person.Blocked, person.Active));
        await SetActiveAsync(ada, false);
        Installation.Done(await access.UnblockAsync(Guid.Parse(ada), _host.Administrator, CancellationToken.None));
        Assert.Equal(AccountStatus.Inactive, (await PersonAsync(ada)).Person.Status);
    }

    [Fact]
    [Proves("rule-52")]
    public async Task The_last_system_administrator_is_not_blocked_not_even_in_a_race()
    {
        var (first, second) = (_host.Administrator, await AddAdministratorAsync());
        var access = _host.Get<PersonAccess>();

        var answers = await Task.WhenAll(
            access.BlockAsync(second.Actor.Id!.Value, first, CancellationToken.None),
            access.BlockAsync(first.Actor.Id!.Value, second, CancellationToken.None)
        );

        Assert.Single(answers, answer => answer.IsRefused);
        await using var database = _host.Read();
        var left = await database.Users.SingleAsync(user => user.Kind == AccountKind.SystemAdministrator && !user.Blocked);
        var last = Installation.Refused(await access.BlockAsync(left.Id, Origin.Of(Actor.CommandLine), CancellationToken.None));
        Assert.Equal("This is the last system administrator who can sign in. Make somebody else one first.", last.Detail);
    }

    [Fact]
    [Proves("rule-53")]
    public async Task Who_is_converted_keeps_access_and_roles_and_is_out_of_SCIMs_reach()
    {
        var (ada, ben) = (await Contoso.AddUserAsync("ada@contoso.com"), await Contoso.AddUserAsync("ben@contoso.com"));
        var group = await Contoso.AddGroupAsync("Everyone", ada, ben);
        var role = await AddRoleAsync(group);
        await SetActiveAsync(ben, false);

        Installation.Done(await DisableAsync(PeopleChoice.Convert));

        var (kept, gone) = (await PersonAsync(ada), await PersonAsync(ben));
        Assert.Equal((null, AccountStatus.Active), (kept.Person.ProviderId, kept.Person.Status));
        Assert.Equal(["Viewer"], kept.Person.Roles);
        Assert.Equal((null, AccountStatus.Blocked), (gone.Person.ProviderId, gone.Person.Status));
        var reason = Assert.Single(
            Assert.Single(await _host.Get<Roles>().OfPersonAsync(Actor.System, Guid.Parse(ada), CancellationToken.None)).Reasons
        );
        Assert.Equal((RoleRoute.ByHand, role), (reason.Route, role));
        await EnableAsync();
        Assert.Equal(404, (await Contoso.GetAsync($"/Users/{ada}")).Status);
        Assert.Equal(0, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
        Assert.Empty((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]?.AsArray() ?? []);
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Fact]
    [Proves("rule-53")]
    public async Task Who_is_deactivated_with_the_connection_is_brought_back_together_for_thirty_days_and_nobody_else()
    {
        var (ada, ben) = (await Contoso.AddUserAsync("ada@contoso.com"), await Contoso.AddUserAsync("ben@contoso.com"));
        await SetActiveAsync(ben, false);

        Installation.Done(await DisableAsync(PeopleChoice.Deactivate));

        Assert.Equal(AccountStatus.Inactive, (await PersonAsync(ada)).Person.Status);
        var together = (await ProviderAsync()).Deactivated!;
        Assert.Equal((1, "Ada Lind"), (together.People, together.By));
        var managed = _host.Get<ManagedPeople>();
        Installation.Done(await managed.ReactivateAsync(together.Batch, _host.Administrator, CancellationToken.None));
        Assert.Equal(AccountStatus.Active, (await PersonAsync(ada)).Person.Status);
        Assert.Equal(AccountStatus.Inactive, (await PersonAsync(ben)).Person.Status);
        Assert.Null((await ProviderAsync()).Deactivated);
        Assert.True((await managed.ReactivateAsync(together.Batch, _host.Administrator, CancellationToken.None)).IsRefused);
    }

    [Fact]
    public async Task After_thirty_days_nobody_is_brought_back_together()
    {
        await Contoso.AddUserAsync("ada@contoso.com");
        Installation.Done(await DisableAsync(PeopleChoice.Deactivate));
        var together = (await ProviderAsync()).Deactivated!;
        _host.Clock.Advance(TimeSpan.FromDays(30));

        Assert.True(
            (await _host.Get<ManagedPeople>().ReactivateAsync(together.Batch, _host.Administrator, CancellationToken.None)).IsRefused
        );
        Assert.Null((await ProviderAsync()).Deactivated);
    }

    [Fact]
    [Proves("rule-53")]
    public async Task Who_is_kept_is_managed_again_when_SCIM_is_enabled()
    {
        var ada = await Contoso.AddUserAsync("ada@contoso.com");

        Installation.Done(await DisableAsync(PeopleChoice.Keep));
        Assert.Equal(401, (await Contoso.GetAsync($"/Users/{ada}")).Status);
        Assert.Equal(AccountStatus.Active, (await PersonAsync(ada)).Person.Status);
        await EnableAsync();

        await SetActiveAsync(ada, false);
        Assert.Equal(AccountStatus.Inactive, (await PersonAsync(ada)).Person.Status);
    }

    private Task<Outcome<Completed>> PauseAsync() =>
        Connections.PauseAsync(Contoso.ProviderId, untilEnded: false, _host.Administrator, CancellationToken.None);

    private Task<Outcome<Completed>> DisableAsync(PeopleChoice choice) =>
        Connections.DisableAsync(Contoso.ProviderId, choice, _host.Administrator, CancellationToken.None);

    private async Task EnableAsync() =>
        Assert.False((await Connections.EnableAsync(Contoso.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);

    private async Task<PersonDetails> PersonAsync(string person) =>
        (await _host.Get<People>().FindAsync(Actor.System, Guid.Parse(person), CancellationToken.None))!;

    private async Task<ProviderDetails> ProviderAsync() =>
        (await _host.Get<Providers>().FindAsync(Actor.System, Contoso.Identifier, CancellationToken.None))!;

    private async Task<int> AddRoleAsync(string group)
    {
        var role = Installation.Done(
            await _host
                .Get<Roles>()
                .CreateAsync(AccountKind.EndUser, new RoleInput { Name = "Viewer" }, _host.Administrator, CancellationToken.None)
        );
        Installation.Done(
            await _host
                .Get<RoleMappings>()
                .SaveAsync(
                    Contoso.ProviderId,
                    new MappingChanges([new(role, Guid.Parse(group), null, null)], []),
                    null,
                    _host.Administrator,
                    CancellationToken.None
                )
        );
        return role;
    }

    private async Task<Origin> AddAdministratorAsync()
    {
        var id = Installation.Done(
            await _host
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Sam Roy",
                        Email = "sam@example.com",
                        Password = Installation.AdministratorPassword,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        return await SignedIn.AsAsync(_host.Services, id, "Sam Roy");
    }

    private async Task EditAsync(Guid person, string name)
    {
        var editing = _host.Get<PersonEditing>();
        var before = (await editing.FindAsync(Actor.System, person, CancellationToken.None))!.Input;
        Installation.Done(
            await editing.ChangeAsync(person, before with { DisplayName = name }, before, _host.Administrator, CancellationToken.None)
        );
    }

    private async Task SetActiveAsync(string person, bool active) =>
        Assert.Equal(
            200,
            (
                await Contoso.PatchAsync(
                    $"/Users/{person}",
                    $$"""{"op":"replace","path":"active","value":{{(active ? "true" : "false")}}}"""
                )
            ).Status
        );
}
