using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Core.Scim;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>What a client is told when the failure is not its own, or when things change while its request waits.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Person = """{"userName":"ada@contoso.com"}""";

    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task When_too_many_writes_wait_the_client_is_asked_to_come_back()
    {
        _host.NextWrite = new WriteQueueFullException();
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        reply.AssertError(503, null);
        Assert.Equal("2", reply.Header("Retry-After"));
        Assert.Equal(201, (await _host.Contoso.PostAsync("/Users", Person)).Status);
    }

    [Fact]
    public async Task A_failure_of_ours_tells_a_request_ID_and_nothing_of_the_inside()
    {
        _host.NextWrite = new InvalidOperationException("secret inside");
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        var detail = reply.AssertError(500, null, reply.Header("X-Request-Id"));
        Assert.DoesNotContain("secret", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_too_long_is_refused_as_too_much()
    {
        _host.NextWrite = new Microsoft.Data.Sqlite.SqliteException("interrupted", 9);
        var reply = await _host.Contoso.PostAsync("/Users", Person);
        _host.NextWrite = null;

        reply.AssertError(400, "tooMany");
    }

    [Fact]
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
        await _host.Get<ScimConnections>().DisableAsync(_host.Contoso.ProviderId, _host.Administrator, CancellationToken.None);

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
