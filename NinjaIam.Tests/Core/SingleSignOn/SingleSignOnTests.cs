using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Signing in by an identity provider, as browsers and providers meet it.</summary>
public sealed class SingleSignOnTests : IAsyncLifetime
{
    private readonly SamlHost _host = new();

    public static TheoryData<string> Vendors => [.. VendorResponses.Vendors];

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void XML_signatures_are_computed_by_a_version_without_known_weaknesses()
    {
        var version = FileVersionInfo.GetVersionInfo(typeof(SignedXml).Assembly.Location);

        // 10.0.13 shows as 10.0.1326.x: the patch stands before the year.
        Assert.True(Version.Parse(version.ProductVersion!.Split('+', '-')[0]) >= new Version(10, 0, 13), version.ProductVersion);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task A_response_in_the_shape_of_each_vendor_signs_its_person_in(string vendor)
    {
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser));

        var answer = await _host.DeliverAsync(browser, SampleIdentityProvider.Encode(VendorResponses.Make(vendor, sample, _host.Provider)));

        Assert.True(answer.HasSession, answer.Page);
        Assert.Equal("/profile", answer.Location);
        var page = await browser.GetAsync(new Uri("/profile", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task An_elliptic_curve_signs_as_well()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=curve", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(_host.Now.AddDays(-1), _host.Now.AddYears(1));
        await ImportAsync([certificate.RawData, _host.Provider.Certificate.RawData]);
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser)) with { SignsResponse = false };

        // Signed by RSA, then the value and the method are those of the curve over the same SignedInfo.
        var document = _host.Provider.Respond(sample);
        var signature = SampleIdentityProvider.SignatureOf(SampleIdentityProvider.AssertionOf(document));
        var information = (XmlElement)signature.GetElementsByTagName("SignedInfo")[0]!;
        ((XmlElement)information.GetElementsByTagName("SignatureMethod")[0]!).SetAttribute(
            "Algorithm",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
        );
        var alone = SampleIdentityProvider.Load(information.OuterXml);
        var transform = new XmlDsigExcC14NTransform();
        transform.LoadInput(alone);
        using var canonical = (MemoryStream)transform.GetOutput(typeof(Stream));
        var value = key.SignData(canonical.ToArray(), HashAlgorithmName.SHA256);
        signature.GetElementsByTagName("SignatureValue")[0]!.InnerText = Convert.ToBase64String(value);

        Assert.True((await _host.DeliverAsync(browser, SampleIdentityProvider.Encode(document))).HasSession);
    }

    [Fact]
    public async Task Both_keys_of_a_roll_over_count_and_one_that_is_gone_does_not()
    {
        using var next = new SampleIdentityProvider(_host.Now.AddDays(-1), _host.Now.AddYears(1));
        await ImportAsync([_host.Provider.Certificate.RawData, next.Certificate.RawData]);
        Assert.True(await AcceptsAsync(_host.Provider));
        Assert.True(await AcceptsAsync(next));

        await ImportAsync([next.Certificate.RawData]);
        Assert.False(await AcceptsAsync(_host.Provider));
        Assert.True(await AcceptsAsync(next));
    }

    [Fact]
    public async Task A_certificate_that_has_expired_signs_nobody_in()
    {
        _host.Portal.Advance(TimeSpan.FromDays(341));

        var refused = await RefusedAsync(_host.Genuine(null) with { Now = _host.Now });

        Assert.Equal(SamlReason.KeyExpired, refused);
    }

    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(2, 3, false)]
    [InlineData(5, 4, true)]
    [InlineData(5, 6, false)]
    public async Task The_clock_of_the_provider_may_be_off_by_as_much_as_is_set(int allowed, int minutes, bool isAccepted)
    {
        Installation.Done(
            await _host
                .Portal.Get<SingleSignOnConnections>()
                .ChangeAsync(
                    _host.ProviderId,
                    new SingleSignOnChoices(false, false, null, allowed),
                    _host.Administrator,
                    CancellationToken.None
                )
        );
        var off = TimeSpan.FromMinutes(minutes);

        // Its clock is behind, so that its responses are over when they come; or it is ahead, so that they are not valid yet.
        var behind = await AcceptsAsync(sample => sample with { Age = off + TimeSpan.FromMinutes(5), Lasts = TimeSpan.FromMinutes(5) });
        var ahead = await AcceptsAsync(sample => sample with { Age = -off });

        Assert.Equal((isAccepted, isAccepted), (behind, ahead));
    }

    [Fact]
    public async Task The_user_name_may_come_in_an_attribute()
    {
        Installation.Done(
            await _host
                .Portal.Get<SingleSignOnConnections>()
                .ChangeAsync(
                    _host.ProviderId,
                    new SingleSignOnChoices(false, false, "mail", 2),
                    _host.Administrator,
                    CancellationToken.None
                )
        );

        Assert.True(await AcceptsAsync(sample => sample with { NameId = "something else" }));
        Assert.Equal(SamlReason.NoUserName, await RefusedAsync(sample => sample with { Attributes = "" }));
    }

    [Theory]
    [InlineData("EVE@Contoso.COM")]
    [InlineData("ｅve@contoso.com")]
    [Proves("rule-44")]
    public async Task A_user_name_is_compared_as_everywhere_else(string nameId) =>
        Assert.True(await AcceptsAsync(sample => sample with { NameId = nameId }));

    [Fact]
    [Proves("rule-58")]
    public async Task Somebody_deactivated_hears_who_did_it_and_gets_no_new_account()
    {
        await _host.SetActiveAsync(false);
        var browser = _host.Portal.OpenBrowser();

        var answer = await _host.DeliverAsync(browser, _host.Genuine(await _host.StartAsync(browser)));

        Assert.Equal((HttpStatusCode.Forbidden, false), (answer.Status, answer.HasSession));
        Assert.Contains("Your account was deactivated by your identity provider, Contoso.", answer.Page, StringComparison.Ordinal);
        Assert.Equal(SamlReason.Deactivated, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));

        await _host.SetActiveAsync(true);
        Assert.True(await AcceptsAsync(sample => sample));
    }

    [Fact]
    public async Task Deactivating_somebody_ends_the_session_that_their_provider_started()
    {
        var browser = _host.Portal.OpenBrowser();
        Assert.True((await _host.DeliverAsync(browser, _host.Genuine(await _host.StartAsync(browser)))).HasSession);

        await _host.SetActiveAsync(false);

        var answer = await browser.GetAsync(new Uri("/profile", UriKind.Relative));
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    [Proves("rule-46")]
    public async Task A_refusal_is_found_in_Activities_by_its_incident_with_what_was_received()
    {
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser)) with { NameId = "nobody@contoso.com" };

        var answer = await _host.DeliverAsync(browser, sample);

        var activity = await _host.ActivityAsync(answer.Incident!);
        Assert.Contains("“nobody@contoso.com”", activity.Detail, StringComparison.Ordinal);
        Assert.Contains(SampleIdentityProvider.EntityId, activity.Detail, StringComparison.Ordinal);
        Assert.Equal(("Contoso", answer.Incident), (activity.ProviderName, activity.RequestId));
        // The person hears what was received, but not what an attacker could use.
        Assert.Contains("nobody@contoso.com", answer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleIdentityProvider.EntityId, answer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/profile?tab=x", "/profile?tab=x")]
    [InlineData("/", "/profile")]
    public async Task A_sign_in_ends_in_the_portal(string wanted, string expected)
    {
        var browser = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(browser, query: "?returnUrl=" + Uri.EscapeDataString(wanted));

        // What comes back as RelayState means nothing: where to go stands in the browser's own cookie.
        var answer = await _host.DeliverAsync(browser, _host.Genuine(request), "https://evil.example/");

        Assert.Equal(expected, answer.Location);
    }

    [Theory]
    [InlineData("/activities?q=x", "/activities?q=x")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [Proves("rule-27")]
    public async Task An_administrator_comes_to_the_page_they_wanted_and_never_to_another_site(string wanted, string expected)
    {
        await AddAdaAsync();
        var browser = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(browser, query: "?returnUrl=" + Uri.EscapeDataString(wanted));

        var answer = await _host.DeliverAsync(
            browser,
            _host.Genuine(request) with
            {
                NameId = "root@contoso.com",
            },
            "https://evil.example/"
        );

        Assert.Equal((true, expected), (answer.HasSession, answer.Location));
    }

    [Fact]
    public async Task The_word_of_the_provider_is_the_first_factor_of_an_administrator_and_never_the_second()
    {
        var host = new SamlHost { Portal = new PortalHost { SecondFactor = SecondFactorRule.Required } };
        await host.InitializeAsync();
        try
        {
            await host.Portal.CreateAdministratorAsync("root@contoso.com");
            var browser = host.Portal.OpenBrowser();

            var answer = await host.DeliverAsync(
                browser,
                host.Genuine(await host.StartAsync(browser)) with
                {
                    NameId = "root@contoso.com",
                }
            );

            Assert.Equal((false, "/sign-in/second-factor"), (answer.HasSession, answer.Location));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    [Proves("rule-10")]
    public async Task A_sign_in_that_starts_at_the_provider_is_refused_until_it_is_allowed()
    {
        await AddAdaAsync();
        var unsolicited = _host.Genuine(null) with { NameId = "root@contoso.com" };
        Assert.Equal(SamlReason.NotSolicited, await RefusedAsync(unsolicited));

        Installation.Done(
            await _host
                .Portal.Get<SingleSignOnConnections>()
                .ChangeAsync(_host.ProviderId, new SingleSignOnChoices(false, true, null, 2), _host.Administrator, CancellationToken.None)
        );
        var browser = _host.Portal.OpenBrowser();
        var answer = await _host.DeliverAsync(browser, unsolicited with { AssertionId = "_second" }, "/activities");
        Assert.Equal((true, "/activities"), (answer.HasSession, answer.Location));

        // Nobody is led away by it, and it works once.
        var other = _host.Portal.OpenBrowser();
        var elsewhere = await _host.DeliverAsync(other, unsolicited with { AssertionId = "_third" }, "https://evil.example/");
        Assert.Equal((true, "/"), (elsewhere.HasSession, elsewhere.Location));
        Assert.Equal(SamlReason.Replayed, await RefusedAsync(unsolicited with { AssertionId = "_third" }));
    }

    [Fact]
    public async Task Nobody_signs_in_by_a_provider_that_is_not_enabled()
    {
        var browser = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(browser);
        Installation.Done(
            await _host.Portal.Get<SingleSignOnConnections>().DisableAsync(_host.ProviderId, _host.Administrator, CancellationToken.None)
        );

        var answer = await _host.DeliverAsync(browser, _host.Genuine(request));

        Assert.Equal(SamlReason.NotEnabled, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
        var start = await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
    }

    [Fact]
    public async Task A_response_to_the_address_of_another_provider_is_refused()
    {
        var (fabrikam, _) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com");
        var browser = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(browser, fabrikam);

        // The same company signs for both, and means the other one.
        var answer = await _host.DeliverAsync(
            browser,
            SampleIdentityProvider.Encode(_host.Provider.Respond(_host.Genuine(request))),
            identifier: fabrikam
        );

        Assert.Equal(SamlReason.Recipient, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
    }

    [Fact]
    [Proves("asvs-6.8.1")]
    public async Task A_provider_cannot_sign_in_somebody_whom_another_one_manages()
    {
        var (fabrikam, _) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com");
        var browser = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(browser, fabrikam);
        var reply = _host.Portal.Get<PortalAddress>().ReplyUrl(fabrikam);

        var answer = await _host.DeliverAsync(
            browser,
            SampleIdentityProvider.Encode(_host.Provider.Respond(_host.Genuine(request) with { ReplyUrl = reply, Audience = reply })),
            identifier: fabrikam
        );

        Assert.Equal(SamlReason.OtherProvider, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
    }

    [Fact]
    [Proves("rule-6")]
    public async Task Our_metadata_names_entity_reply_address_and_key_and_is_signed()
    {
        var browser = _host.Portal.OpenBrowser();
        var answer = await browser.GetAsync(new Uri($"/saml/{_host.Identifier}", UriKind.Relative));
        var document = SampleIdentityProvider.Load(await answer.Content.ReadAsStringAsync());

        Assert.Equal("application/samlmetadata+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(_host.ReplyUrl, document.DocumentElement!.GetAttribute("entityID"));
        var reply = (XmlElement)document.GetElementsByTagName("md:AssertionConsumerService")[0]!;
        Assert.Equal(_host.ReplyUrl, reply.GetAttribute("Location"));
        using var certificate = CertificateOf(document);
        var signed = new SignedXml(document.DocumentElement);
        signed.LoadXml(SampleIdentityProvider.SignatureOf(document.DocumentElement));
        Assert.True(signed.CheckSignature(certificate, verifySignatureOnly: true));
        var unknown = await browser.GetAsync(new Uri("/saml/aaaaaaaaaaaa", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_request_is_signed_when_the_provider_asks_for_it_and_by_the_key_of_our_metadata()
    {
        var (fabrikam, _) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com", wantsSignedRequests: true);
        var browser = _host.Portal.OpenBrowser();
        var metadata = SampleIdentityProvider.Load(await browser.GetStringAsync(new Uri($"/saml/{fabrikam}", UriKind.Relative)));
        using var certificate = CertificateOf(metadata);
        using var key = certificate.GetRSAPublicKey();

        var address = (await browser.GetAsync(new Uri($"/sign-in/{fabrikam}", UriKind.Relative))).Headers.Location!;
        var parts = address.Query[1..].Split("&Signature=");
        Assert.True(
            key!.VerifyData(
                Encoding.ASCII.GetBytes(parts[0]),
                Convert.FromBase64String(Uri.UnescapeDataString(parts[1])),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );

        var request = SamlHost.RequestOf(address).DocumentElement!;
        Assert.Equal("https://idp.example.com/sign-in", request.GetAttribute("Destination"));
        Assert.Equal(_host.Portal.Get<PortalAddress>().ReplyUrl(fabrikam), request.GetAttribute("AssertionConsumerServiceURL"));
        var unsigned = (await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative))).Headers.Location!;
        Assert.DoesNotContain("Signature=", unsigned.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_over_and_over_fills_neither_the_cookie_nor_the_database()
    {
        var browser = _host.Portal.OpenBrowser();
        var length = 0;
        for (var number = 0; number < 20; number++)
        {
            var answer = await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
            length = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Length;
        }

        Assert.InRange(length, 1, 3_000);
    }

    private static X509Certificate2 CertificateOf(XmlDocument metadata) =>
        X509CertificateLoader.LoadCertificate(
            Convert.FromBase64String(metadata.GetElementsByTagName("X509Certificate").OfType<XmlElement>().Last().InnerText)
        );

    /// <summary>A system administrator in the provider's domain.</summary>
    private Task AddAdaAsync() => _host.Portal.CreateAdministratorAsync("root@contoso.com");

    private async Task ImportAsync(IReadOnlyList<byte[]> certificates) =>
        Installation.Done(
            await _host
                .Portal.Get<Providers>()
                .ImportMetadataAsync(
                    _host.ProviderId,
                    new ImportedMetadata(
                        SampleIdentityProvider.EntityId,
                        "https://idp.example.com/sign-in",
                        SignInBinding.HttpRedirect,
                        WantsSignedRequests: false,
                        certificates,
                        Url: null
                    ),
                    _host.Administrator,
                    CancellationToken.None
                )
        );

    private async Task<bool> AcceptsAsync(SampleIdentityProvider provider)
    {
        var browser = _host.Portal.OpenBrowser();
        var sample = _host.Genuine(await _host.StartAsync(browser));
        return (await _host.DeliverAsync(browser, SampleIdentityProvider.Encode(provider.Respond(sample)))).HasSession;
    }

    private async Task<bool> AcceptsAsync(Func<SampleResponse, SampleResponse> change)
    {
        var browser = _host.Portal.OpenBrowser();
        return (await _host.DeliverAsync(browser, change(_host.Genuine(await _host.StartAsync(browser))))).HasSession;
    }

    private async Task<string> RefusedAsync(Func<SampleResponse, SampleResponse> change)
    {
        var browser = _host.Portal.OpenBrowser();
        var answer = await _host.DeliverAsync(browser, change(_host.Genuine(await _host.StartAsync(browser))));
        return SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!));
    }

    private async Task<string> RefusedAsync(SampleResponse sample)
    {
        var answer = await _host.DeliverAsync(_host.Portal.OpenBrowser(), sample);
        return SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!));
    }
}
