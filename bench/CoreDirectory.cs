using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NinjaIam.Core;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Filtering;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Patching;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage;

namespace NinjaIam.Bench;

/// <summary>The services behind the SCIM endpoint over a data directory, called without HTTP. The one place that knows them.</summary>
internal sealed class CoreDirectory : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ProvisioningCall _call;
    private readonly UserProvisioning _users;
    private readonly GroupProvisioning _groups;
    private readonly ResourceQueries _queries;

    private CoreDirectory(IHost host, ProvisioningCall call)
    {
        _host = host;
        _call = call;
        _users = host.Services.GetRequiredService<UserProvisioning>();
        _groups = host.Services.GetRequiredService<GroupProvisioning>();
        _queries = host.Services.GetRequiredService<ResourceQueries>();
    }

    /// <param name="data">Has the one provider of a bare demonstration.</param>
    public static async Task<CoreDirectory> OpenAsync(string data, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<StorageOptions>(options => options.DataDirectory = data);
        builder.Services.AddNinjaIamCore(new ConfigurationBuilder().Build());
        var host = builder.Build();
        await host.Services.PrepareStorageAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        host.Services.GetRequiredService<PortalAddress>().Set(new Uri("http://127.0.0.1"), isConfigured: false);
        var providers = host.Services.GetRequiredService<Providers>();
        var provider = (await providers.ChoicesAsync(Actor.CommandLine, cancellationToken)).Single();
        var details = await providers.FindAsync(Actor.CommandLine, provider.UniqueIdentifier, cancellationToken);

        // A write is refused unless the token it came with is still live.
        var actor = new Actor(ActorKind.Provider, provider.Id, provider.DisplayName, details!.LiveTokens[0].PublicId);
        return new CoreDirectory(host, new ProvisioningCall(provider.Id, Origin.Of(actor)));
    }

    public Guid ProviderId => _call.ProviderId;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Activities Activities => _host.Services.GetRequiredService<Activities>();

    public Task<Guid> CreateUserAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        CreateAsync(_users, BuiltInResourceTypes.User, body, cancellationToken);

    public Task<Guid> CreateGroupAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        CreateAsync(_groups, BuiltInResourceTypes.Group, body, cancellationToken);

    public Task PatchUserAsync(Guid id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        PatchAsync(_users, BuiltInResourceTypes.User, id, body, cancellationToken);

    public Task PatchGroupAsync(Guid id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        PatchAsync(_groups, BuiltInResourceTypes.Group, id, body, cancellationToken);

    public async Task FindUserAsync(Guid id, CancellationToken cancellationToken) =>
        _ =
            await _queries.FindAsync(
                BuiltInResourceTypes.User,
                _call.ProviderId,
                id,
                withGroups: true,
                withMembers: false,
                cancellationToken
            ) ?? throw new WorkFailedException($"There is no user {id}.");

    /// <summary>A page of users, which must hold so many.</summary>
    public async Task ListUsersAsync(string? filter, int count, int expected, CancellationToken cancellationToken)
    {
        var expression = filter is null ? null : Done(FilterParser.Parse(filter, BuiltInResourceTypes.User)).Expression;
        var users = new TypeQuery(BuiltInResourceTypes.User, expression, WithGroups: true, WithMembers: false);
        var query = new ResourceQuery([users], StartIndex: 1, count);
        var page = Done(await _queries.ListAsync(_call.ProviderId, query, cancellationToken));
        if (page.Resources.Count != expected)
        {
            throw new WorkFailedException($"{filter ?? "The list"} found {page.Resources.Count} people, not {expected}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();

        // The files may be copied or deleted from here on.
        SqliteConnection.ClearAllPools();
    }

    private async Task<Guid> CreateAsync(
        IResourceProvisioning provisioning,
        ResourceType type,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var reading = Done(DocumentReader.Read(Done(ScimJson.Parse(body.Span)), type));
        return Done(await provisioning.CreateAsync(_call, reading, cancellationToken)).Resource.Id;
    }

    private async Task PatchAsync(
        IResourceProvisioning provisioning,
        ResourceType type,
        Guid id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var patch = Done(PatchReader.Read(Done(ScimJson.Parse(body.Span)), type));
        Done(await provisioning.PatchAsync(_call, id, patch, condition: null, cancellationToken));
    }

    private static T Done<T>(ScimOutcome<T> outcome)
        where T : notnull => outcome.Match(value => value, error => throw new WorkFailedException(error.Detail));

    private static T Done<T>(ProvisioningOutcome<T> outcome)
        where T : notnull => outcome.Match(value => value, error => throw new WorkFailedException(error.Detail));
}
