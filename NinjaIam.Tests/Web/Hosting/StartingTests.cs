using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Hosting;
using Xunit;

namespace NinjaIam.Tests.Web.Hosting;

/// <summary>The moment in which the portal listens already and does not know yet where.</summary>
public sealed class StartingTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_configured_address_holds_from_the_first_connection_on()
    {
        await using var app = Build();
        app.Configuration[PortalConfiguration.PublicBaseUrlKey] = "https://iam.example.com";
        string? atFirst = null;
        app.Lifetime.ApplicationStarted.Register(() => atFirst = app.Services.GetRequiredService<PortalAddress>().BaseUrl);

        await app.StartServingAsync(CancellationToken.None);
        await app.StopAsync();

        Assert.Equal("https://iam.example.com", atFirst);
    }

    [Theory]
    [InlineData("https", "__Host-")]
    [InlineData("http", "")]
    [Proves("asvs-3.3.1", "asvs-3.3.3")]
    public async Task Over_HTTPS_every_cookie_has_the_prefix_and_none_without_it_is_taken(string scheme, string prefix)
    {
        await using var app = Build();
        app.Configuration[$"{PortalConfiguration.TrustedProxiesKey}:0"] = "127.0.0.1";
        await app.StartServingAsync(CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        client.BaseAddress = PublicAddress.BoundAddressOf(app);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        var link = app.Services.GetRequiredService<FirstRunLink>().Create();

        using var form = await client.GetAsync(new Uri(link, UriKind.Relative));

        var cookie = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"{prefix}ninjaiam-forms=", cookie, StringComparison.Ordinal);
        Assert.Equal(scheme == "https", cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        var page = await form.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(cookie[..1] == "_" ? cookie["__Host-".Length..] : $"__Host-{cookie}"));
        Assert.Equal(HttpStatusCode.Found, await PostAsync(cookie));

        async Task<HttpStatusCode> PostAsync(string sent)
        {
            client.DefaultRequestHeaders.Remove("Cookie");
            client.DefaultRequestHeaders.Add("Cookie", sent.Split(';')[0]);
            using var answer = await PortalHost.SendAsync(
                client,
                link,
                page,
                ("full-name", "Ada Lind"),
                ("email", "ada@example.com"),
                ("password", PortalHost.Password)
            );
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("10.0.0.0/24", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [Proves("asvs-4.1.3", "asvs-15.3.4")]
    public async Task Only_a_proxy_that_is_named_may_say_where_a_request_comes_from(string? proxy, string address)
    {
        await using var app = Build();
        app.Configuration[$"{PortalConfiguration.TrustedProxiesKey}:0"] = proxy;
        await app.StartServingAsync(CancellationToken.None);
        using var client = new HttpClient { BaseAddress = PublicAddress.BoundAddressOf(app) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var answer = await client.GetAsync(new Uri("/scim/v2/zzzzzzzzzzzz/Users", UriKind.Relative));
        await app.Services.GetRequiredService<SecurityLog>().FlushAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var refused = await app
            .Services.GetRequiredService<NinjaIam.Core.Journal.Activities>()
            .ListAsync(Actor.System, new ActivityFilter { Refused = true }, 10, CancellationToken.None);
        Assert.Equal(address, Assert.Single(refused).Address);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_refused_in_words()
    {
        await using var app = Build();
        app.Configuration[$"{PortalConfiguration.TrustedProxiesKey}:0"] = "proxy.example.com";

        var exception = await Assert.ThrowsAsync<InvalidSettingException>(() => app.StartServingAsync(CancellationToken.None));

        Assert.Contains("TrustedProxies:0 is \"proxy.example.com\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_the_address_is_settled_SCIM_clients_are_asked_to_come_back_and_nothing_is_written()
    {
        var (identifier, token) = await AddProviderAsync();
        await using var app = Build();
        await app.Services.PrepareStorageAsync(CancellationToken.None);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = PublicAddress.BoundAddressOf(app) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var early = await PostAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), early.Headers.RetryAfter?.Delta);
        Assert.Equal("application/scim+json", early.Content.Headers.ContentType?.MediaType);
        Assert.Contains("The portal is starting.", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<NinjaIamDbContext>>().CreateDbContextAsync();
        Assert.Equal(0, await database.Resources.CountAsync());

        PublicAddress.SettleAsBound(app, isDemonstration: true);
        using var late = await PostAsync();
        Assert.Equal(HttpStatusCode.Created, late.StatusCode);
        await app.StopAsync();

        Task<HttpResponseMessage> PostAsync() =>
            client.PostAsJsonAsync(new Uri($"/scim/v2/{identifier}/Users", UriKind.Relative), new { userName = "grace@contoso.com" });
    }

    private async Task<(string Identifier, string Token)> AddProviderAsync()
    {
        await using var app = Build();
        await app.StartServingAsync(CancellationToken.None);
        var administrator = await app
            .Services.GetRequiredService<Administrators>()
            .CreateAsync(
                new NewAdministrator
                {
                    FullName = "Ada Lind",
                    Email = PortalHost.Email,
                    Password = PortalHost.Password,
                },
                onlyAsFirst: true,
                Origin.Of(Actor.CommandLine),
                CancellationToken.None
            );
        var origin = await SignedIn.AsAsync(app.Services, Installation.Done(administrator), "Ada Lind");
        var content = new ProviderDraftContent
        {
            Input = Samples.Provider(),
            Metadata = Samples.Metadata(TimeProvider.System.GetUtcNow().AddDays(340)),
        };
        var identifier = Installation.Done(
            await app.Services.GetRequiredService<ProviderDrafts>().CreateAsync(content, origin, CancellationToken.None)
        );
        var provider = app.Services.GetRequiredService<ProviderRegister>().Find(identifier)!;
        var token = Installation.Done(
            await app.Services.GetRequiredService<ScimConnections>().EnableAsync(provider.Id, origin, CancellationToken.None)
        );
        await app.StopAsync();
        return (identifier, token!.Text);
    }

    private WebApplication Build() =>
        PortalApplication.Build(new PortalSettings { Urls = "http://127.0.0.1:0", DataDirectory = _directory });
}
