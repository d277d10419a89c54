using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NinjaIam.Core.IdentityProviders.Metadata;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders.Metadata;

public sealed class MetadataDownloaderTests : IAsyncLifetime
{
    private readonly WebApplication _server = Server();
    private int _port;
    private int _requests;

    public async Task InitializeAsync()
    {
        _server.Use(
            (HttpContext context, RequestDelegate next) =>
            {
                Interlocked.Increment(ref _requests);
                return next(context);
            }
        );
        _server.MapGet("/metadata", () => "<metadata/>");
        _server.MapGet("/missing", () => Results.StatusCode(404));
        _server.MapGet("/locked", () => Results.StatusCode(403));
        _server.MapGet("/large", () => Results.Bytes(new byte[SamlMetadataReader.MaxBytes + 1]));
        _server.MapGet("/endless", StreamAsync);
        _server.MapGet("/silent", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted));
        _server.MapGet("/hop/{left:int}", (int left) => Results.Redirect(left == 0 ? "/metadata" : $"/hop/{left - 1}"));
        _server.MapGet("/inside", () => Results.Redirect("https://10.0.0.7/metadata"));
        _server.MapGet("/downgrade", () => Results.Redirect("http://unopened.test/metadata"));
        await _server.StartAsync();
        _port = new Uri(_server.Urls.First()).Port;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_opened_host_is_read_over_http_and_inside_the_network() =>
        Assert.Equal("<metadata/>", await DownloadAsync($"http://idp.test:{_port}/metadata"));

    [Fact]
    public async Task Three_redirects_are_followed() => Assert.Equal("<metadata/>", await DownloadAsync($"http://idp.test:{_port}/hop/2"));

    [Theory]
    [InlineData("/hop/3", "more than 3 times")]
    [InlineData("/inside", "inside a private network")]
    [InlineData("/downgrade", "redirects to unopened.test, which uses http")]
    [InlineData("/missing", "status 404")]
    [InlineData("/locked", "without signing in")]
    [InlineData("/large", "larger than 1 MB")]
    [InlineData("/endless", "larger than 1 MB")]
    public async Task What_the_server_answers_wrongly_is_refused_with_its_reason(string path, string reason) =>
        Assert.Contains(reason, await DownloadAsync($"http://idp.test:{_port}{path}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_never_answers_is_given_up() =>
        Assert.Contains(
            "did not deliver",
            await DownloadAsync($"http://idp.test:{_port}/silent", TimeSpan.FromMilliseconds(200)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_public_name_that_leads_inside_is_refused_before_anything_is_sent()
    {
        var refused = await DownloadAsync($"https://rebound.test:{_port}/metadata");

        Assert.Contains("inside a private network", refused, StringComparison.Ordinal);
        Assert.Equal(0, _requests);
    }

    [Fact]
    public async Task A_server_without_tls_is_named_as_the_cause() =>
        Assert.Contains("TLS", await DownloadAsync($"https://idp.test:{_port}/metadata"), StringComparison.Ordinal);

    [Theory]
    [InlineData("metadata", "not a web address")]
    [InlineData("ftp://contoso.test/metadata", "does not use https")]
    [InlineData("http://contoso.test/metadata", "uses http")]
    [InlineData("https://ada:secret@contoso.test/metadata", "user name or password")]
    [InlineData("https://missing.test/metadata", "was not found")]
    [InlineData("https://127.0.0.1/metadata", "inside a private network")]
    [InlineData("https://2130706433/metadata", "inside a private network")]
    [InlineData("https://[::1]/metadata", "inside a private network")]
    [InlineData("https://[::ffff:10.0.0.1]/metadata", "inside a private network")]
    public async Task An_address_that_must_not_be_read_is_refused(string address, string reason)
    {
        Assert.Contains(reason, await DownloadAsync(address), StringComparison.Ordinal);
        Assert.Equal(0, _requests);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("idp.contoso.local", true)]
    [InlineData("https://idp.contoso.local", false)]
    public void Opened_hosts_are_configured_by_name(string host, bool isAccepted)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Saml:MetadataHosts:0", host)]).Build();

        var error = Record.Exception(() => new ServiceCollection().AddMetadataImport(configuration));

        Assert.Equal(isAccepted, error is null);
    }

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static async Task StreamAsync(HttpContext context)
    {
        var part = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
        }
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IPAddress[]>(host == "missing.test" ? [] : [IPAddress.Loopback]);

    private static async Task<string> DownloadAsync(string address, TimeSpan? limit = null)
    {
        using var downloader = new MetadataDownloader(
            ["idp.test"],
            NullLogger<MetadataDownloader>.Instance,
            ResolveAsync,
            limit ?? TimeSpan.FromSeconds(10)
        );
        var outcome = await downloader.DownloadAsync(address, CancellationToken.None);
        return outcome.Match(content => Encoding.UTF8.GetString(content.Span), refusal => refusal.Detail);
    }
}
