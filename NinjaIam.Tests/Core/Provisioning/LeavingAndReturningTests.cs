using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

public sealed class LeavingAndReturningTests : IAsyncLifetime
{
    private const string Off = """{"op":"Replace","path":"active","value":"False"}""";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private ScimClient Contoso => _host.Contoso;

    [Fact]
    [Proves("rule-23", "rule-24", "asvs-7.4.2")]
    public async Task Deactivating_ends_sessions_at_once_and_keeps_memberships()
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com");
        var group = await Contoso.AddGroupAsync("Helpdesk", id);
        var sessions = _host.Get<Sessions>();
        var session = await sessions.StartAsync(Guid.Parse(id), _host.Administrator, CancellationToken.None);

        var reply = await Contoso.PatchAsync($"/Users/{id}", Off);

        Assert.Equal(200, reply.Status);
        Assert.False(reply.Body["active"]!.GetValue<bool>());
        Assert.Null(await sessions.FindAsync(session!.Id, CancellationToken.None));
        Assert.Single((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]!.AsArray());
        Assert.Contains(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.UserDeactivated);
    }

    [Fact]
    public async Task A_failed_sign_in_that_is_counted_after_a_deactivation_does_not_undo_it()
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com");
        await _host.Get<PasswordSignIn>().TryAsync("ada@contoso.com", "wrong password!", _host.Administrator, CancellationToken.None);

        Assert.Equal(200, (await Contoso.PatchAsync($"/Users/{id}", Off)).Status);
        await _host.Get<FailedSignIns>().FlushAsync(CancellationToken.None);

        var account = await _host.AccountAsync(id);
        Assert.False(account.Active);
        Assert.Equal(1, account.AccessFailedCount);
    }

    [Theory]
    [InlineData("""{"userName":"ADA@contoso.com","externalId":"e1"}""")]
    [InlineData("""{"userName":"other@contoso.com","externalId":"e1"}""")]
    [InlineData("""{"userName":"ada@contoso.com"}""")]
    [InlineData("""{"userName":"ada@contoso.com","externalId":"e2"}""")]
    public async Task Creating_an_active_person_again_is_refused(string json)
    {
        await Contoso.AddUserAsync("ada@contoso.com", ""","externalId":"e1" """);

        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", json));

        reply.AssertError(409, "uniqueness");
    }

    [Fact]
    [Proves("rule-23", "rule-24")]
    public async Task An_inactive_person_returns_with_the_old_id_however_long_ago()
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com", ""","externalId":"e1","nickName":"A" """);
        await Contoso.PatchAsync($"/Users/{id}", Off);
        _host.Clock.Advance(TimeSpan.FromDays(60));

        var reply = await Contoso.PostAsync("/Users", """{"userName":"ada.lind@contoso.com","externalId":"e1"}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(id, reply.Id);
        Assert.Null(reply.Body["nickName"]);
        var account = await _host.AccountAsync(id);
        Assert.True(account.Active);
        Assert.Equal("ada.lind@contoso.com", account.UserName);
        Assert.Equal(1, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
        Assert.Contains(await _host.ActivitiesAsync(), activity => activity.Kind == JournalKind.UserReturned);
    }

    [Fact]
    public async Task An_inactive_person_of_that_userName_with_another_externalId_is_somebody_else()
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com", ""","externalId":"e1" """);
        await Contoso.PatchAsync($"/Users/{id}", Off);

        var reply = await _host.RefusedAsync(() => Contoso.PostAsync("/Users", """{"userName":"ada@contoso.com","externalId":"e2"}"""));

        reply.AssertError(409, "uniqueness", "another externalId");
    }

    [Theory]
    [InlineData(""","externalId":"e1" """, """{"userName":"ada@contoso.com","externalId":"e1"}""", 29, true)]
    [InlineData("", """{"userName":"Ada@contoso.com","externalId":"e1"}""", 29, true)]
    [InlineData(""","externalId":"e1" """, """{"userName":"ada@contoso.com"}""", 29, true)]
    [InlineData(""","externalId":"e1" """, """{"userName":"ada@contoso.com","externalId":"e2"}""", 1, false)]
    [InlineData(""","externalId":"e1" """, """{"userName":"ada@contoso.com","externalId":"e1"}""", 31, false)]
    [Proves("rule-23")]
    public async Task A_deleted_person_returns_within_thirty_days_if_it_is_the_same(string more, string json, int days, bool same)
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com", more);
        var group = await Contoso.AddGroupAsync("Helpdesk", id);
        await SamplePasskeys.AddAsync(_host.Get<IWritePath>(), Guid.Parse(id));
        Assert.Equal(204, (await Contoso.DeleteAsync($"/Users/{id}")).Status);
        Assert.Null((await Contoso.GetAsync($"/Groups/{group}")).Body["members"]);
        Assert.Empty(await _host.Get<OwnPasskeys>().ListAsync(Guid.Parse(id), CancellationToken.None));
        _host.Clock.Advance(TimeSpan.FromDays(days));

        var reply = await Contoso.PostAsync("/Users", json);

        Assert.Equal(201, reply.Status);
        Assert.Equal(same, reply.Id == id);
        var old = await _host.AccountAsync(id);
        Assert.Equal(same, old.Active);
        Assert.Equal(same, old.DeletedAt is null);
        Assert.Equal(1, (await Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
        Assert.Equal(200, (await Contoso.GetAsync($"/Users/{reply.Id}")).Status);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"active"}""")]
    [InlineData("""{"op":"replace","path":"active","value":null}""")]
    public async Task Taking_the_value_of_active_away_lets_nobody_in_again(string operation)
    {
        var id = await Contoso.AddUserAsync("ada@contoso.com");
        await Contoso.PatchAsync($"/Users/{id}", Off);

        var reply = await Contoso.PatchAsync($"/Users/{id}", operation);
        var read = await Contoso.GetAsync($"/Users/{id}");
        await Contoso.PatchAsync($"/Users/{id}", """{"op":"add","path":"title","value":"T"}""");
        await Contoso.PutAsync($"/Users/{id}", """{"userName":"ada@contoso.com","title":"U"}""");

        Assert.Equal((200, reply.Text), (reply.Status, read.Text));
        Assert.Null(read.Body["active"]);
        Assert.False((await _host.AccountAsync(id)).Active);
        Assert.Equal(1, (int)(await Contoso.GetAsync("/Users?filter=active eq false")).Body["totalResults"]!);
        Assert.Equal(0, (int)(await Contoso.GetAsync("/Users?filter=active eq true or active pr")).Body["totalResults"]!);
        await _host.StopAsync();
        await Soundness.AssertAsync(_host.DatabaseFile);
    }

    [Fact]
    public async Task A_group_comes_back_with_its_id_by_its_externalId_and_never_by_its_name()
    {
        var first = await Contoso.PostAsync("/Groups", """{"displayName":"Helpdesk","externalId":"g1"}""");
        await Contoso.DeleteAsync($"/Groups/{first.Id}");

        var named = await Contoso.PostAsync("/Groups", """{"displayName":"Helpdesk"}""");
        var same = await Contoso.PostAsync("/Groups", """{"displayName":"Service desk","externalId":"g1"}""");

        Assert.NotEqual(first.Id, named.Id);
        Assert.Equal(first.Id, same.Id);
    }
}
