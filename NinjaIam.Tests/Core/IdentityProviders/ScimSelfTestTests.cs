using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.IdentityProviders;

/// <summary>The self-test against a real endpoint, straight and through a proxy that takes things away.</summary>
public sealed class ScimSelfTestTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();
    private WebApplication? _proxy;

    public Task InitializeAsync() => _host.InitializeAsync();

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await _host.DisposeAsync();
    }

    [Fact]
    [Proves("rule-56")]
    public async Task Everything_arrives_where_nothing_stands_in_between_and_nothing_is_written()
    {
        await _host.StopNotingUseAsync();
        var before = await _host.StateAsync();

        var results = await RunAsync();

        Assert.All(results, result => Assert.True(result.Passed, result.Detail));
        Assert.Equal(Enum.GetValues<SelfTestStep>(), results.Select(result => result.Step));
        Assert.Equal(before, await _host.StateAsync());
    }

    [Theory]
    [Proves("rule-56")]
    [InlineData("authorization", SelfTestStep.TokenHeader)]
    [InlineData("methods", SelfTestStep.Methods)]
    [InlineData("address", SelfTestStep.LongAddress)]
    [InlineData("body", SelfTestStep.LargeBody)]
    public async Task What_a_proxy_keeps_away_is_found(string kept, SelfTestStep step)
    {
        await StandBetweenAsync(kept);

        var results = await RunAsync();

        Assert.Equal([step], results.Where(result => !result.Passed).Select(result => result.Step));
    }

    [Theory]
    [InlineData("page", "without SCIM")]
    [InlineData("redirect", "redirection to https://elsewhere.example/")]
    public async Task Something_else_by_the_base_URL_ends_the_test(string kept, string detail)
    {
        await StandBetweenAsync(kept);

        var result = Assert.Single(await RunAsync());

        Assert.False(result.Passed);
        Assert.Contains(detail, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_said_so()
    {
        _host.Get<PortalAddress>().Set(new Uri("http://127.0.0.1:1"), isConfigured: true);

        Assert.Contains("Nothing listens at 127.0.0.1:1", Assert.Single(await RunAsync()).Detail, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<SelfTestResult>> RunAsync() =>
        _host.Get<ScimSelfTest>().RunAsync(Actor.System, _host.Contoso.ProviderId, _host.Contoso.Identifier, CancellationToken.None);

    private async Task StandBetweenAsync(string kept)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _proxy = builder.Build();
        _proxy.Run(http => PassOnAsync(http, kept));
        await _proxy.StartAsync();
        var address = _proxy.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _host.Get<PortalAddress>().Set(new Uri(address), isConfigured: true);
    }

    private async Task PassOnAsync(HttpContext http, string kept)
    {
        var (request, response) = (http.Request, http.Response);
        switch (kept)
        {
            case "methods" when HttpMethods.IsPatch(request.Method):
                response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                return;
            case "address" when request.QueryString.Value!.Length > 2_000:
                response.StatusCode = StatusCodes.Status414UriTooLong;
                return;
            case "body" when request.ContentLength > 1024 * 1024:
                response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            case "page":
                response.ContentType = "text/html";
                await response.WriteAsync("<h1>Welcome</h1>");
                return;
            case "redirect":
                response.Redirect("https://elsewhere.example/");
                return;
            default:
                break;
        }

        using var passed = new HttpRequestMessage(new HttpMethod(request.Method), request.Path + request.QueryString.Value);
        passed.Headers.TryAddWithoutValidation("User-Agent", request.Headers.UserAgent.ToString());
        if (kept != "authorization" && request.Headers.Authorization.Count > 0)
        {
            passed.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        }

        if (request.ContentLength > 0)
        {
            passed.Content = new StreamContent(request.Body);
            passed.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await _host.Client.SendAsync(passed);
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(response.Body);
    }
}
