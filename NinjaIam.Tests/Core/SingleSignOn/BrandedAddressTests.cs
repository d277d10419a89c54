using System.Net;
using System.Xml;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Conformance;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Signing in at a further address of the portal: here <c>localhost</c>, beside <c>127.0.0.1</c>.</summary>
public sealed class BrandedAddressTests : IAsyncLifetime
{
    private readonly SamlHost _host = new();
    private Uri _branded = null!;

    private string BrandedReplyUrl => $"{_branded.GetLeftPart(UriPartial.Authority)}/saml/{_host.Identifier}";

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _branded = new UriBuilder(_host.Portal.Address) { Host = "localhost" }.Uri;
        _host.Portal.Get<PortalAddress>().SetBranded([_branded, new Uri(SamlHost.Branded)]);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-6")]
    public async Task Our_metadata_offers_a_reply_url_for_each_address_and_the_first_is_the_default()
    {
        var metadata = SampleIdentityProvider.Load(
            await _host.Portal.OpenBrowser().GetStringAsync(new Uri($"/saml/{_host.Identifier}", UriKind.Relative))
        );

        Assert.Equal(
            [("0", "true", _host.ReplyUrl), ("1", "false", BrandedReplyUrl), ("2", "false", $"{SamlHost.Branded}/saml/{_host.Identifier}")],
            metadata
                .GetElementsByTagName("AssertionConsumerService", "urn:oasis:names:tc:SAML:2.0:metadata")
                .OfType<XmlElement>()
                .Select(reply => (reply.GetAttribute("index"), reply.GetAttribute("isDefault"), reply.GetAttribute("Location")))
        );
        Assert.Equal(_host.ReplyUrl, metadata.DocumentElement!.GetAttribute("entityID"));
    }

    [Fact]
    [Proves("rule-6")]
    public async Task A_sign_in_that_begins_at_a_further_address_asks_for_its_reply_url_and_ends_there()
    {
        using var browser = Open(_branded);
        var request = await StartAsync(browser);
        Assert.Equal(BrandedReplyUrl, request.GetAttribute("AssertionConsumerServiceURL"));
        Assert.Equal(_host.ReplyUrl, request["Issuer", SampleIdentityProvider.Assertion]!.InnerText);

        var answer = await DeliverAsync(browser, _branded, BrandedReplyUrl, request.GetAttribute("ID"));

        Assert.True(answer.HasSession, answer.Page);
        // A path, as the address it was continued at is the branded one.
        Assert.Equal("/profile", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/profile", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("unlisted.example")]
    [InlineData("localhost:1")]
    [InlineData("support.example.com:8443")]
    [InlineData("support.example.com.evil.example")]
    public async Task A_host_that_is_not_configured_gets_into_no_address_of_ours(string unlisted)
    {
        using var browser = Open(_host.Portal.Address);
        browser.DefaultRequestHeaders.Host = unlisted;

        Assert.Equal(_host.ReplyUrl, (await StartAsync(browser)).GetAttribute("AssertionConsumerServiceURL"));
        var metadata = await browser.GetStringAsync(new Uri($"/saml/{_host.Identifier}", UriKind.Relative));
        Assert.DoesNotContain($"{unlisted}/", metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("support.example.com")]
    [InlineData("SUPPORT.example.com:443")]
    public async Task A_configured_host_counts_however_the_header_writes_it(string header)
    {
        using var browser = Open(_host.Portal.Address);
        browser.DefaultRequestHeaders.Host = header;

        var request = await StartAsync(browser);

        Assert.Equal($"{SamlHost.Branded}/saml/{_host.Identifier}", request.GetAttribute("AssertionConsumerServiceURL"));
    }

    [Fact]
    public async Task A_response_counts_only_at_the_address_where_its_sign_in_began()
    {
        using var native = Open(_host.Portal.Address);
        using var branded = Open(_branded);
        var begun = (await StartAsync(native)).GetAttribute("ID");

        // Sent to the other address: that browser knows of no request there, and the reply URL is the other one.
        Assert.Equal(SamlReason.OtherRequest, await RefusedAsync(branded, _branded, BrandedReplyUrl, begun));
        Assert.Equal(SamlReason.Recipient, await RefusedAsync(native, _host.Portal.Address, BrandedReplyUrl, begun));
        Assert.Equal(SamlReason.Recipient, await RefusedAsync(branded, _branded, _host.ReplyUrl, begun));

        // Not even with the cookie that was carried over by hand.
        using var first = await native.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
        using var carried = Open(_branded);
        carried.DefaultRequestHeaders.Add("Cookie", Assert.Single(first.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        var other = SamlHost.RequestOf(first.Headers.Location!).DocumentElement!.GetAttribute("ID");
        Assert.Equal(SamlReason.OtherRequest, await RefusedAsync(carried, _branded, BrandedReplyUrl, other));

        Assert.True((await DeliverAsync(native, _host.Portal.Address, _host.ReplyUrl, begun)).HasSession);
    }

    [Fact]
    public async Task A_response_for_an_unlisted_host_is_refused_also_when_it_comes_by_that_host()
    {
        using var browser = Open(_host.Portal.Address);
        var begun = (await StartAsync(browser)).GetAttribute("ID");

        Assert.Equal(
            SamlReason.Recipient,
            await RefusedAsync(browser, _host.Portal.Address, $"http://unlisted.example/saml/{_host.Identifier}", begun, "unlisted.example")
        );
    }

    private static HttpClient Open(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    private async Task<XmlElement> StartAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return SamlHost.RequestOf(answer.Headers.Location!).DocumentElement!;
    }

    private async Task<string> RefusedAsync(HttpClient browser, Uri address, string replyUrl, string request, string? header = null)
    {
        var answer = await DeliverAsync(browser, address, replyUrl, request, header);
        Assert.Equal((HttpStatusCode.Forbidden, false), (answer.Status, answer.HasSession));
        return SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!));
    }

    private async Task<SamlAnswer> DeliverAsync(HttpClient browser, Uri address, string replyUrl, string request, string? header = null)
    {
        var sample = _host.Genuine(request) with { ReplyUrl = replyUrl };
        using var content = new FormUrlEncodedContent([
            KeyValuePair.Create("SAMLResponse", SampleIdentityProvider.Encode(_host.Provider.Respond(sample))),
        ]);
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        foreign.DefaultRequestHeaders.Host = header;
        using var posted = await foreign.PostAsync(new Uri(address, $"/saml/{_host.Identifier}"), content);
        Assert.Equal(HttpStatusCode.SeeOther, posted.StatusCode);
        Assert.False(posted.Headers.Location!.IsAbsoluteUri);
        return await SamlHost.ContinueAsync(browser, new Uri(address, posted.Headers.Location));
    }
}
