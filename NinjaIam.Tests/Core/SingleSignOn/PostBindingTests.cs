using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Identity providers that take requests by HTTP-POST only.</summary>
public sealed partial class PostBindingTests : IAsyncLifetime
{
    private readonly SamlHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_browser_gets_a_page_that_posts_the_request_to_the_address_of_the_metadata_and_the_answer_signs_in()
    {
        await ImportAsync("https://idp.example.com:8443/post?app=7&x=\"><script>", isSigned: false);
        var browser = _host.Portal.OpenBrowser();

        using var answer = await StartAsync(browser);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(
            "https://idp.example.com:8443/post?app=7&x=%22%3E%3Cscript%3E",
            WebUtility.HtmlDecode(Form().Match(page).Groups[1].Value)
        );
        var request = RequestOf(page);
        var root = request.DocumentElement!;
        Assert.Equal("AuthnRequest", root.LocalName);
        Assert.Equal(new Uri("https://idp.example.com:8443/post?app=7&x=\"><script>").ToString(), root.GetAttribute("Destination"));
        Assert.Equal(_host.ReplyUrl, root.GetAttribute("AssertionConsumerServiceURL"));
        Assert.Equal(root.GetAttribute("ID"), Field(page, "RelayState"));
        Assert.Empty(root.GetElementsByTagName("Signature", SampleIdentityProvider.Dsig));
        var delivered = await _host.DeliverAsync(browser, _host.Genuine(root.GetAttribute("ID")), root.GetAttribute("ID"));
        Assert.True(delivered.HasSession, delivered.Page);
    }

    [Fact]
    public async Task The_request_is_signed_by_the_key_of_our_metadata_where_the_provider_asks_for_it()
    {
        await ImportAsync("https://idp.example.com/post", isSigned: true);

        using var answer = await StartAsync(_host.Portal.OpenBrowser());
        var request = RequestOf(await answer.Content.ReadAsStringAsync());

        var signature = Assert.IsAssignableFrom<XmlElement>(request.DocumentElement!.ChildNodes[1]);
        var signed = new SignedXml(request);
        signed.LoadXml(signature);
        using var key = (await _host.Portal.Get<SigningKeys>().CurrentAsync(CancellationToken.None)).GetRSAPublicKey()!;
        Assert.True(signed.CheckSignature(key));
        Assert.Equal("#" + request.DocumentElement.GetAttribute("ID"), ((Reference)Assert.Single(signed.SignedInfo!.References)!).Uri);

        request.DocumentElement.SetAttribute("AssertionConsumerServiceURL", "https://evil.example/");
        Assert.False(signed.CheckSignature(key));
    }

    [Fact]
    public async Task Its_form_leads_to_that_origin_alone_and_nothing_of_it_is_kept_or_framed()
    {
        await ImportAsync("https://idp.example.com:8443/post", isSigned: false);

        using var answer = await StartAsync(_host.Portal.OpenBrowser());

        Assert.Equal(
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; "
                + "form-action https://idp.example.com:8443; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy"))
        );
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        // No script stands in the page, and without one there is a button.
        var page = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.All(Script().Matches(page), script => Assert.Equal("src=\"/js/leave.js\"", script.Groups[1].Value));
        Assert.Matches("<button type=\"submit\"", page);
    }

    [Fact]
    public async Task A_test_of_the_connection_goes_the_same_way()
    {
        await ImportAsync("https://idp.example.com/post", isSigned: false);
        var browser = await _host.OpenAsAdministratorAsync();

        using var answer = await browser.GetAsync(new Uri($"/administration/test-connection/{_host.Identifier}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("AuthnRequest", RequestOf(await answer.Content.ReadAsStringAsync()).DocumentElement!.LocalName);
    }

    private async Task<HttpResponseMessage> StartAsync(HttpClient browser)
    {
        var answer = await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private async Task ImportAsync(string url, bool isSigned) =>
        Installation.Done(
            await _host
                .Portal.Get<Providers>()
                .ImportMetadataAsync(
                    _host.ProviderId,
                    _host.Provider.Metadata(isSigned) with
                    {
                        SignInUrl = new Uri(url).ToString(),
                        SignInBinding = SignInBinding.HttpPost,
                    },
                    _host.Administrator,
                    CancellationToken.None
                )
        );

    private static XmlDocument RequestOf(string page) =>
        SampleIdentityProvider.Load(Encoding.UTF8.GetString(Convert.FromBase64String(Field(page, "SAMLRequest"))));

    private static string Field(string page, string name) =>
        WebUtility.HtmlDecode(Assert.Single(Hidden().Matches(page), field => field.Groups["name"].Value == name).Groups["value"].Value);

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<script type=\"module\" ([^>]*)></script>|<script")]
    private static partial Regex Script();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}
