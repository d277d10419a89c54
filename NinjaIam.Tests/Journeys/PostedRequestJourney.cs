using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Tests.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Journeys;

/// <summary>A browser goes to an identity provider that takes requests by HTTP-POST only.</summary>
[Collection(JourneyCollection.Name)]
public sealed class PostedRequestJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly SamlHost _host = new();
    private readonly Inspection _inspection = new();
    private readonly WebApplication _idp = Listen();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _idp.MapPost("/sign-in", Receive);
        await _idp.StartAsync();
        Installation.Done(
            await _host
                .Portal.Get<Providers>()
                .ImportMetadataAsync(
                    _host.ProviderId,
                    _host.Provider.Metadata(wantsSignedRequests: true) with
                    {
                        // Another site than ours, which listens on 127.0.0.1.
                        SignInUrl = $"http://localhost:{new Uri(_idp.Urls.First()).Port}/sign-in",
                        SignInBinding = SignInBinding.HttpPost,
                    },
                    _host.Administrator,
                    CancellationToken.None
                )
        );
    }

    public async Task DisposeAsync()
    {
        await _idp.DisposeAsync();
        await _host.DisposeAsync();
    }

    [BrowserFact]
    public Task The_request_is_posted_at_once_and_without_scripts_by_the_button() =>
        chromium.RunAsync(
            "posted-request",
            _host.Portal.Address,
            async page =>
            {
                await page.GotoAsync($"/sign-in/{_host.Identifier}");
                await Assertions.Expect(page.GetByText("Received SAMLRequest and RelayState")).ToBeVisibleAsync();

                // As if the script were not run.
                await page.RouteAsync("**/js/leave.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
                await page.GotoAsync($"/sign-in/{_host.Identifier}");
                await Assertions.Expect(page.GetByTestId("leaving")).ToBeVisibleAsync();
                await _inspection.LookAsync(page, "posted-request");
                await page.GetByTestId("leave").ClickAsync();
                await Assertions.Expect(page.GetByText("Received SAMLRequest and RelayState")).ToBeVisibleAsync();
                _inspection.AssertNothingFound();
            }
        );

    private static WebApplication Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static async Task<IResult> Receive(HttpRequest request) =>
        Results.Text($"<!DOCTYPE html><p>Received {string.Join(" and ", (await request.ReadFormAsync()).Keys)}</p>", "text/html");
}
