using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>What a client is told when the failure is not its own, or when things change while its request waits.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Person = """{"userName":"ada@contoso.com"}""";

    private const int MostWaiting = 8;

    private readonly ScimHost _host = new() { WriteQueueLength = MostWaiting };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task When_too_many_writes_wait_the_client_is_asked_to_come_back()
    {
        var replies = await _host.TogetherAsync(Enumerable.Range(0, MostWaiting + 2).Select(PostAsync));

        Assert.Equal(MostWaiting, replies.Count(reply => reply.Status == 201));
        Assert.All(
            replies.Where(reply => reply.Status != 201),
            reply =>
            {
                reply.AssertError(503, null);
                Assert.Equal("2", reply.Header("Retry-After"));
            }
        );
        foreach (var number in Enumerable.Range(0, replies.Count).Where(number => replies[number].Status != 201))
        {
            Assert.Equal(201, (await PostAsync(number)).Status);
        }

        Task<ScimReply> PostAsync(int number) => _host.Contoso.PostAsync("/Users", $$"""{"userName":"person{{number}}@contoso.com"}""");
    }

    [Fact]
    [Proves("asvs-2.3.3", "asvs-16.5.2")]
    public async Task On_a_full_disk_every_write_is_refused_as_a_whole_until_there_is_room()
    {
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");
        await LimitPagesAsync(1);
        var before = await _host.StateAsync();
        var created = new List<string>();
        ScimReply reply;
        while ((reply = await PostAsync()).Status == 201)
        {
            created.Add(reply.Id);
            before = await _host.StateAsync();
        }

        var stored = await _host.StateAsync();
        reply.AssertError(507, null, "disk is full");
        Assert.Equal(before, stored);
        Assert.Equal(200, (await _host.Contoso.GetAsync($"/Groups/{group}")).Status);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync())), failed => Assert.Equal(507, failed.Status));
        Assert.Equal(stored, await _host.StateAsync());

        await LimitPagesAsync(1_000_000);
        Assert.Equal(201, (await PostAsync()).Status);
        foreach (var id in created)
        {
            Assert.Equal(200, (await _host.Contoso.GetAsync($"/Users/{id}")).Status);
        }

        Task<ScimReply> PostAsync() =>
            _host.Contoso.PostAsync("/Users", $$"""{"userName":"{{Guid.NewGuid():N}}@contoso.com","title":"{{new string('x', 3000)}}"}""");

        // SQLite never makes it less than there are.
        Task LimitPagesAsync(int pages) =>
            _host
                .Get<IWritePath>()
                .RunAsync(
                    async scope =>
                    {
                        await using var limit = scope.Statement($"PRAGMA max_page_count = {pages}");
                        return await limit.ExecuteScalarAsync();
                    },
                    CancellationToken.None
                );
    }

    [Theory]
    [InlineData(10)]
    [InlineData(14)]
    public async Task While_the_disk_fails_the_client_is_asked_to_come_back(int error)
    {
        _host.NextWrite = new Microsoft.EntityFrameworkCore.DbUpdateException(
            "An error occurred.",
            new Microsoft.Data.Sqlite.SqliteException("secret inside", error)
        );
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        Assert.DoesNotContain("secret", reply.AssertError(503, null), StringComparison.Ordinal);
        Assert.Equal("2", reply.Header("Retry-After"));
        Assert.Equal(201, (await _host.Contoso.PostAsync("/Users", Person)).Status);
    }

    [Fact]
    public async Task A_full_disk_keeps_nobody_out_who_is_signed_in()
    {
        var sessions = _host.Get<Sessions>();
        var session = await sessions.StartAsync(_host.Administrator.Actor.Id!.Value, _host.Administrator, CancellationToken.None);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));

        _host.NextWrite = new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);
        await sessions.SeenAsync(session!.Id, CancellationToken.None);
        _host.NextWrite = null;

        Assert.NotNull(await sessions.FindAsync(session.Id, CancellationToken.None));
    }

    [Fact]
    [Proves("asvs-16.5.3")]
    public async Task When_no_transaction_can_begin_the_client_is_asked_to_come_back_and_the_next_one_can()
    {
        await _host.StopNotingUseAsync();
        await _host
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await using var readOnly = scope.Statement("PRAGMA query_only = 1");
                    return await readOnly.ExecuteNonQueryAsync();
                },
                CancellationToken.None
            );

        var reply = await _host.Contoso.PostAsync("/Users", Person);

        reply.AssertError(503, null);
        Assert.Equal(201, (await _host.Contoso.PostAsync("/Users", Person)).Status);
    }

    [Fact]
    [Proves("7644-3.12-3", "7644-3.12-4", "asvs-13.4.2", "asvs-16.5.1", "asvs-16.5.4")]
    public async Task A_failure_of_ours_tells_a_request_ID_and_nothing_of_the_inside()
    {
        _host.NextWrite = new InvalidOperationException("secret inside");
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        var detail = reply.AssertError(500, null, reply.Header("X-Request-Id"));
        Assert.DoesNotContain("secret", detail, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("asvs-4.3.1", "asvs-15.2.2")]
    public async Task What_takes_too_long_is_refused_as_too_much()
    {
        _host.NextWrite = new Microsoft.Data.Sqlite.SqliteException("interrupted", 9);
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        reply.AssertError(400, "tooMany");
    }

    [Fact]
    [Proves("asvs-15.4.2")]
    public async Task A_token_that_is_revoked_while_the_request_waits_writes_nothing()
    {
        var publicId = _host.Contoso.Token[4..12];
        await _host
            .Get<ScimConnections>()
            .RevokeTokenAsync(_host.Contoso.ProviderId, publicId, _host.Administrator, CancellationToken.None);

        await AssertUnauthorizedAsync(publicId);
    }

    [Fact]
    public async Task A_connection_that_is_disabled_while_the_request_waits_writes_nothing()
    {
        await _host
            .Get<ScimConnections>()
            .DisableAsync(_host.Contoso.ProviderId, PeopleChoice.Keep, _host.Administrator, CancellationToken.None);

        await AssertUnauthorizedAsync(_host.Contoso.Token[4..12]);
    }

    private async Task AssertUnauthorizedAsync(string publicId)
    {
        var caller = new ProvisioningCall(
            _host.Contoso.ProviderId,
            Origin.Of(new Actor(ActorKind.Provider, _host.Contoso.ProviderId, "Contoso", publicId))
        );
        var user = Json.Done(DocumentReader.Read(Json.Object(Person), BuiltInResourceTypes.User));
        var group = Json.Done(DocumentReader.Read(Json.Object("""{"displayName":"Helpdesk"}"""), BuiltInResourceTypes.Group));
        var before = await _host.StateAsync();

        var users = await _host.Get<UserProvisioning>().CreateAsync(caller, user, CancellationToken.None);
        var groups = await _host.Get<GroupProvisioning>().CreateAsync(caller, group, CancellationToken.None);

        Assert.Equal(Refusals.Unauthorized, users.Match(_ => null!, error => error));
        Assert.Equal(Refusals.Unauthorized, groups.Match(_ => null!, error => error));
        Assert.Equal(before, await _host.StateAsync());
    }
}
