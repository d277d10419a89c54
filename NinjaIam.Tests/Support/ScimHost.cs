using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NinjaIam.Core;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.ScimApi;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;
using Xunit;

namespace NinjaIam.Tests.Support;

/// <summary>
/// The SCIM endpoint as a provisioning client meets it: a real server on a port of its own, over a SQLite database of its own. One
/// provider, Contoso, has SCIM enabled; organization 1 is its default and the only one it may use.
/// </summary>
public sealed class ScimHost : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");
    private WebApplication? _app;
    private HttpClient? _client;

    public FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What every write throws instead of being done, while it is set.</summary>
    public Exception? NextWrite { get; set; }

    /// <summary>
    /// Raised when somebody has asked for a write, which waits for its turn from then on, unless it was refused. It comes with what tells
    /// that its caller went away.
    /// </summary>
    public event Action<CancellationToken>? WriteAsked;

    /// <summary>How many writes of one provider may wait. Set it before <see cref="InitializeAsync"/>.</summary>
    public int? WriteQueueLength { get; init; }

    /// <summary>How long one read may compute. Set it before <see cref="InitializeAsync"/>.</summary>
    public TimeSpan? ReadDeadline { get; init; }

    /// <summary>How the request log is set. Set it before <see cref="InitializeAsync"/>.</summary>
    public Action<RequestLogOptions> RequestLog { get; init; } = _ => { };

    /// <summary>
    /// How much clients may ask: as much as they like, unless a test limits it, because nothing is earned back while the clock stands still.
    /// Set it before <see cref="InitializeAsync"/>.
    /// </summary>
    public Action<RequestLimitOptions> Limits { get; init; } = limits => limits.Burst = 1_000_000_000;

    /// <summary>The schemas and resource types it serves. Set it before <see cref="InitializeAsync"/>.</summary>
    public SchemaRegistry Schemas { get; init; } = SchemaRegistry.BuiltIn;

    public string RequestLogFile => Path.Combine(_directory, NinjaIam.Core.Journal.Requests.RequestLogFile.FileName);

    public string DatabaseFile => Path.Combine(_directory, SqliteDatabase.FileName);

    public IServiceProvider Services => (_app ?? throw new InvalidOperationException("Await InitializeAsync first.")).Services;

    /// <summary>Sends no token by itself.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("Await InitializeAsync first.");

    /// <summary>A system administrator who exists.</summary>
    public Origin Administrator { get; private set; } = Origin.Of(Actor.System);

    public ScimClient Contoso { get; private set; } = null!;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public NinjaIamDbContext Read() => Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        await MigratedDatabase.CopyToAsync(_directory);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.Configure<StorageOptions>(options =>
        {
            options.DataDirectory = _directory;
            options.ReadDeadline = ReadDeadline ?? options.ReadDeadline;
            options.WriteQueueLength = WriteQueueLength ?? options.WriteQueueLength;
        });
        builder.Services.Configure(RequestLog);
        // Tests hurry more than a client may.
        builder.Services.Configure<RequestLimitOptions>(limits => limits.AtOnce = 10_000);
        builder.Services.Configure(Limits);
        builder.Services.AddSingleton(Schemas);
        builder.Services.AddNinjaIamCore(builder.Configuration);
        builder.Services.AddScimApi();
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = Installation.FewRounds);
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddSingleton<IWritePath>(services => new BreakableWritePath(
            services.GetRequiredService<SqliteWritePath>(),
            () => NextWrite,
            gone => WriteAsked?.Invoke(gone)
        ));
        _app = builder.Build();
        _app.MapScim();
        await _app.Services.PrepareStorageAsync(CancellationToken.None);
        await _app.StartAsync();
        var address = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Get<PortalAddress>().Set(address, isConfigured: true);
        _client = new HttpClient { BaseAddress = address };
        var administrator = new NewAdministrator
        {
            FullName = "Ada Lind",
            Email = Installation.AdministratorEmail,
            Password = Installation.AdministratorPassword,
        };
        var id = Installation.Done(
            await Get<Administrators>().CreateAsync(administrator, onlyAsFirst: true, Origin.Of(Actor.CommandLine), CancellationToken.None)
        );
        Administrator = await SignedIn.AsAsync(Services, id, "Ada Lind");
        Contoso = await AddProviderAsync(Samples.Provider());
    }

    /// <summary>Answers what was accepted, and serves nobody any more. What is stored can still be read.</summary>
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
        }
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>
    /// Holds the one writer until all requests wait for it, lets it go on, and awaits the answers.
    /// </summary>
    /// <param name="requests">Sent as they are enumerated; each of them asks for one write.</param>
    public async Task<IReadOnlyList<T>> TogetherAsync<T>(IEnumerable<Task<T>> requests)
    {
        await StopNotingUseAsync();
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = Get<IWritePath>().RunAsync(_ => held.Task, CancellationToken.None);
        using var asked = new SemaphoreSlim(0);
        void OnAsked(CancellationToken gone) => asked.Release();
        WriteAsked += OnAsked;
        var answers = requests.ToList();
        foreach (var _ in answers)
        {
            Assert.True(await asked.WaitAsync(Guard), "Some of the requests asked for no write.");
        }

        WriteAsked -= OnAsked;
        held.SetResult(true);
        await holder;
        return await Task.WhenAll(answers);
    }

    /// <summary>
    /// That a token was used is written on the side. Call it before anything that counts writes, or breaks one of them.
    /// </summary>
    public Task StopNotingUseAsync() => Get<TokenUsage>().StopAsync(CancellationToken.None);

    /// <summary>Adds a provider and enables SCIM for it.</summary>
    public async Task<ScimClient> AddProviderAsync(ProviderInput input)
    {
        var content = new ProviderDraftContent
        {
            Input = input,
            Metadata = Samples.Metadata(Clock.GetUtcNow().AddDays(340)) with { EntityId = $"https://idp.example.com/{Guid.NewGuid():N}" },
        };
        var identifier = Installation.Done(await Get<ProviderDrafts>().CreateAsync(content, Administrator, CancellationToken.None));
        var provider = Get<ProviderRegister>().Find(identifier)!;
        var token = Installation.Done(await Get<ScimConnections>().EnableAsync(provider.Id, Administrator, CancellationToken.None))!;
        return new ScimClient(Client, provider.Id, identifier, token.Text);
    }

    public async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await Get<Organizations>().CreateAsync(new OrganizationInput { Name = name }, Administrator, CancellationToken.None)
        );

    /// <summary>Everything that a request could change, as text: equal before and after a refusal.</summary>
    public async Task<string> StateAsync()
    {
        await using var connection = await Get<SqliteDatabase>().OpenReaderAsync(CancellationToken.None);
        var state = new StringBuilder();
        foreach (
            var table in (string[])
                ["resources", "resource_values", "resource_unique", "members", "counters", "accounts", "account_organizations", "journal"]
        )
        {
            await using var statement = connection.Statement($"SELECT * FROM {table}");
            await using var rows = await statement.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    var value = rows.GetValue(column);
                    state.Append(value is byte[] bytes ? Convert.ToHexString(bytes) : value).Append('|');
                }

                state.AppendLine(table);
            }
        }

        return state.ToString();
    }

    /// <summary>Sends a request that must be refused and asserts that it changed nothing.</summary>
    public async Task<ScimReply> RefusedAsync(Func<Task<ScimReply>> send)
    {
        var before = await StateAsync();
        var reply = await send();
        Assert.InRange(reply.Status, 400, 499);
        Assert.Equal(before, await StateAsync());
        return reply;
    }

    /// <summary>The account of a user that exists or existed.</summary>
    public async Task<User> AccountAsync(string id)
    {
        await using var database = Read();
        var key = Guid.Parse(id);
        return await database.Users.AsNoTracking().SingleAsync(user => user.Id == key);
    }

    /// <summary>
    /// The request of an answer as the log keeps it. A client has its answer a moment before the endpoint is done with the request.
    /// </summary>
    public async Task<LoggedRequest> LoggedAsync(ScimReply reply)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Get<RequestLog>().FlushAsync(CancellationToken.None);
            if (await Get<RequestReads>().FindAsync(Actor.System, reply.RequestId, CancellationToken.None) is { } logged)
            {
                return logged;
            }

            await Task.Yield();
        }

        throw new InvalidOperationException("The request was not logged.");
    }

    /// <summary>What Activities shows, newest first, refusals included.</summary>
    public async Task<IReadOnlyList<Activity>> ActivitiesAsync(ActivityFilter? filter = null)
    {
        await Get<SecurityLog>().FlushAsync(CancellationToken.None);
        return await Get<Activities>().ListAsync(Actor.System, filter ?? new ActivityFilter(), 200, CancellationToken.None);
    }
}

internal sealed class BreakableWritePath(IWritePath inner, Func<Exception?> failure, Action<CancellationToken>? asked = null) : IWritePath
{
    public Task<T> RunAsync<T>(Guid lane, Func<WriteScope, Task<T>> work, CancellationToken cancellationToken)
    {
        if (failure() is { } exception)
        {
            throw exception;
        }

        try
        {
            return inner.RunAsync(lane, work, cancellationToken);
        }
        finally
        {
            asked?.Invoke(cancellationToken);
        }
    }
}

/// <summary>A provisioning client with a token of one provider.</summary>
public sealed class ScimClient(HttpClient http, Guid providerId, string identifier, string token)
{
    public Guid ProviderId { get; } = providerId;

    public string Identifier { get; } = identifier;

    public string Token { get; } = token;

    /// <summary>The same client with the base URL of another provider.</summary>
    public ScimClient At(string otherIdentifier) => new(http, ProviderId, otherIdentifier, Token);

    public Task<ScimReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ScimReply> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<ScimReply> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<ScimReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <param name="operations">What stands in the list of operations.</param>
    public Task<ScimReply> PatchAsync(string path, string operations) =>
        SendAsync(
            HttpMethod.Patch,
            path,
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}"""
        );

    /// <summary>Creates a user that must be accepted and answers its id.</summary>
    public async Task<string> AddUserAsync(string userName, string more = "")
    {
        var reply = await PostAsync(
            "/Users",
            $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{userName}}"{{more}}}"""
        );
        Assert.Equal(201, reply.Status);
        return reply.Id;
    }

    /// <summary>Creates many users, several at a time, and answers their ids.</summary>
    public async Task<string[]> AddUsersAsync(int count)
    {
        var ids = new string[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (index, _) => ids[index] = await AddUserAsync($"person{index:D6}@contoso.com")
        );
        return ids;
    }

    /// <summary>Creates a group that must be accepted and answers its id.</summary>
    public async Task<string> AddGroupAsync(string displayName, params string[] members)
    {
        var values = string.Join(',', members.Select(id => $$"""{"value":"{{id}}"}"""));
        var reply = await PostAsync(
            "/Groups",
            $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"{{displayName}}","members":[{{values}}]}"""
        );
        Assert.Equal(201, reply.Status);
        return reply.Id;
    }

    /// <param name="path">Below the base URL.</param>
    /// <param name="prepare">Changes the request before it is sent.</param>
    public async Task<ScimReply> SendAsync(HttpMethod method, string path, string? json = null, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, $"/scim/v2/{Identifier}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/scim+json");
        }

        prepare?.Invoke(request);
        using var response = await http.SendAsync(request);
        return await ScimReply.ReadAsync(response);
    }
}

/// <summary>An answer of the endpoint, read completely.</summary>
public sealed record ScimReply(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Body => JsonNode.Parse(Text)!.AsObject();

    public string Id => Body["id"]!.GetValue<string>();

    public string RequestId => Header("X-Request-Id")!;

    /// <summary>Of the resource, as the ETag says.</summary>
    public long Version => VersionOf(Header("ETag")!);

    public static long VersionOf(string tag) => long.Parse(tag.Trim('W', '/', '"'), System.Globalization.CultureInfo.InvariantCulture);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<ScimReply> ReadAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.ToString(),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Asserts the error of RFC 7644, section 3.12, and answers its detail.</summary>
    public string AssertError(int status, string? scimType, string? detail = null)
    {
        Assert.True(status == Status, $"Expected {status}, found {Status}: {Text}");
        Assert.Equal("application/scim+json", ContentType);
        var body = Body;
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", body["schemas"]![0]!.GetValue<string>());
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), body["status"]!.GetValue<string>());
        Assert.Equal(scimType, body["scimType"]?.GetValue<string>());
        var said = body["detail"]!.GetValue<string>();
        Assert.NotEmpty(said);
        if (detail is not null)
        {
            Assert.Contains(detail, said, StringComparison.Ordinal);
        }

        return said;
    }
}
