using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Core.SingleSignOn;

/// <summary>Everything that is known to have got into other service providers, tried on ours through its own door.</summary>
public sealed class HostileResponseTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly SamlHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _host.Portal.Get<PortalAddress>().SetBranded([new Uri(SamlHost.Branded)]);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-45", "asvs-6.8.2")]
    public async Task Nothing_of_the_corpus_gets_anybody_in_and_each_is_refused_for_its_reason()
    {
        using var attacker = RSA.Create(2048);
        var browser = _host.Portal.OpenBrowser();
        var all = HostileCorpus.All().ToList();
        var wrong = new List<string>();

        for (var number = 0; number < all.Count; number++)
        {
            var hostile = all[number];
            if (number % 50 == 0)
            {
                // Activities keeps a row for each of a hundred refusals a minute.
                _host.Portal.Advance(TimeSpan.FromMinutes(1));
            }

            var request = await _host.StartAsync(browser);
            var text = hostile.Make(new HostileMaterial(_host.Genuine(request), _host.Provider, attacker));
            var answer = await _host.DeliverAsync(browser, SampleIdentityProvider.Encode(text));
            var reason = answer.Incident is null ? "" : SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident));
            if (answer.HasSession || answer.Status != HttpStatusCode.Forbidden || !hostile.Reasons.Contains(reason))
            {
                wrong.Add($"{hostile}: {answer.Status} {reason}{(answer.HasSession ? " SIGNED IN" : "")}");
            }
        }

        foreach (var group in all.GroupBy(hostile => hostile.Class))
        {
            output.WriteLine($"{group.Count(), 5} {group.Key}");
        }

        output.WriteLine($"{all.Count, 5} in all, 0 accepted");
        Assert.True(all.Count >= 200);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(Signing.Response)]
    [InlineData(Signing.Assertion)]
    [InlineData(Signing.Both)]
    public async Task A_response_is_used_once(Signing signing)
    {
        var browser = _host.Portal.OpenBrowser();
        var (request, cookie) = await StartAndKeepCookieAsync(browser);
        var kept = WithCookie(cookie);
        var keptToo = WithCookie(cookie);
        var response = Signed(_host.Genuine(request), signing);
        var encoded = SampleIdentityProvider.Encode(_host.Provider.Respond(response));
        Assert.True((await _host.DeliverAsync(browser, encoded)).HasSession);

        // The very same, the same assertion in a new response, and a new assertion to the same request.
        await RefusedAsync(browser, encoded, SamlReason.OtherRequest);
        await RefusedAsync(browser, Encode(response with { ResponseId = "_new" }), SamlReason.OtherRequest);
        await RefusedAsync(browser, Encode(response with { ResponseId = "_new", AssertionId = "_newer" }), SamlReason.OtherRequest);

        // Whoever kept the cookie from before gets no further: the database remembers request and assertion.
        await RefusedAsync(kept, encoded, SamlReason.Replayed);
        await RefusedAsync(keptToo, Encode(response with { ResponseId = "_new", AssertionId = "_newer" }), SamlReason.Replayed);
    }

    [Fact]
    [Proves("asvs-6.8.3")]
    public async Task A_response_is_used_once_over_a_restart()
    {
        var browser = _host.Portal.OpenBrowser();
        var (request, cookie) = await StartAndKeepCookieAsync(browser);
        var encoded = Encode(_host.Genuine(request));
        Assert.True((await _host.DeliverAsync(browser, encoded)).HasSession);
        var address = new Uri(_host.Portal.Get<PortalAddress>().BaseUrl);

        await _host.Portal.RestartAsync();
        // The port of a test is another one then; the address that providers know stays.
        _host.Portal.Get<PortalAddress>().Set(address, isConfigured: true);

        await RefusedAsync(WithCookie(cookie), encoded, SamlReason.Replayed);
    }

    [Theory]
    [InlineData(Signing.Response)]
    [InlineData(Signing.Assertion)]
    [InlineData(Signing.Both)]
    public async Task An_assertion_is_used_once_whatever_request_it_answers(Signing signing)
    {
        var browser = _host.Portal.OpenBrowser();
        var first = Signed(_host.Genuine(await _host.StartAsync(browser)), signing);
        Assert.True((await _host.DeliverAsync(browser, first)).HasSession);

        // Signed anew by the real provider, under the identifier that was used.
        var other = _host.Portal.OpenBrowser();
        var second = Signed(_host.Genuine(await _host.StartAsync(other)), signing) with { AssertionId = first.AssertionId };
        await RefusedAsync(other, Encode(second), SamlReason.Replayed);
    }

    [Theory]
    [InlineData(Signing.Response)]
    [InlineData(Signing.Assertion)]
    [InlineData(Signing.Both)]
    public async Task A_response_counts_only_in_the_browser_that_asked_for_it(Signing signing)
    {
        var attacker = _host.Portal.OpenBrowser();
        var victim = _host.Portal.OpenBrowser();
        var request = await _host.StartAsync(attacker);

        // Without any request, and with one of its own.
        await RefusedAsync(victim, Encode(Signed(_host.Genuine(request), signing)), SamlReason.OtherRequest);
        await _host.StartAsync(victim);
        await RefusedAsync(victim, Encode(Signed(_host.Genuine(request), signing)), SamlReason.OtherRequest);

        Assert.True((await _host.DeliverAsync(attacker, Signed(_host.Genuine(request), signing))).HasSession);
    }

    [Fact]
    public async Task A_request_is_good_for_one_provider_and_fifteen_minutes()
    {
        var (fabrikam, _) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com");
        var browser = _host.Portal.OpenBrowser();
        var other = await _host.StartAsync(browser, fabrikam);
        await RefusedAsync(browser, Encode(_host.Genuine(other)), SamlReason.OtherRequest);

        var request = await _host.StartAsync(browser);
        _host.Portal.Advance(TimeSpan.FromMinutes(15));
        await RefusedAsync(browser, Encode(_host.Genuine(request)), SamlReason.OtherRequest);
    }

    [Fact]
    public async Task A_handle_works_once_and_for_two_minutes()
    {
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var browser = _host.Portal.OpenBrowser();

        var used = await PostAsync(foreign, _host.Genuine(await _host.StartAsync(browser)));
        Assert.True((await SamlHost.ContinueAsync(browser, used)).HasSession);
        Assert.Equal(HttpStatusCode.Gone, (await SamlHost.ContinueAsync(_host.Portal.OpenBrowser(), used)).Status);

        var late = _host.Portal.OpenBrowser();
        var handle = await PostAsync(foreign, _host.Genuine(await _host.StartAsync(late)));
        _host.Portal.Advance(TimeSpan.FromMinutes(2));
        var answer = await SamlHost.ContinueAsync(late, handle);
        Assert.Equal((HttpStatusCode.Gone, false), (answer.Status, answer.HasSession));
    }

    [Fact]
    public async Task A_restart_between_post_and_page_costs_nobody_their_sign_in_and_the_handle_stands_nowhere()
    {
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var (request, cookie) = await StartAndKeepCookieAsync(_host.Portal.OpenBrowser());
        var handle = (await PostAsync(foreign, _host.Genuine(request))).Segments[^1];
        var address = new Uri(_host.Portal.Get<PortalAddress>().BaseUrl);
        var stored = await StoredAsync();
        Assert.DoesNotContain(handle, stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(SamlHost.Eve, stored, StringComparison.Ordinal);

        await _host.Portal.RestartAsync();
        // The port of a test is another one then; the address that providers know stays.
        _host.Portal.Get<PortalAddress>().Set(address, isConfigured: true);

        var page = new Uri(_host.Portal.Address, $"/sign-in/reply/{handle}");
        Assert.True((await SamlHost.ContinueAsync(WithCookie(cookie), page)).HasSession);
        Assert.Equal(HttpStatusCode.Gone, (await SamlHost.ContinueAsync(WithCookie(cookie), page)).Status);
        Assert.Equal("", await StoredAsync());
    }

    [Fact]
    public async Task At_most_256_replies_wait_and_the_oldest_go_first()
    {
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var browser = _host.Portal.OpenBrowser();
        var oldest = await PostAsync(foreign, _host.Genuine(await _host.StartAsync(browser)));
        _host.Portal.Advance(TimeSpan.FromSeconds(1));
        var second = await PostAsync(foreign, _host.Genuine(await _host.StartAsync(browser)));
        _host.Portal.Advance(TimeSpan.FromSeconds(1));
        var same = _host.Genuine(null);
        for (var number = 0; number < 255; number++)
        {
            await PostAsync(foreign, same);
        }

        Assert.Equal(HttpStatusCode.Gone, (await SamlHost.ContinueAsync(browser, oldest)).Status);
        Assert.True((await SamlHost.ContinueAsync(browser, second)).HasSession);
    }

    [Theory]
    [InlineData("application/json", "{}", SamlReason.NoResponse)]
    [InlineData("multipart/form-data; boundary=x", "--x--", SamlReason.NoResponse)]
    [InlineData("application/x-www-form-urlencoded", "", SamlReason.NoResponse)]
    [InlineData("application/x-www-form-urlencoded", "SAMLResponse=", SamlReason.NoResponse)]
    [InlineData("application/x-www-form-urlencoded", "SAMLResponse=YQ%3D%3D&SAMLResponse=YQ%3D%3D", SamlReason.NoResponse)]
    [InlineData("application/x-www-form-urlencoded", "a&a&a&a&a&a&a&a&a&a&a&a&a", SamlReason.NoResponse)]
    [InlineData("application/x-www-form-urlencoded", "SAMLResponse=%%%", SamlReason.NotEncoded)]
    [InlineData("application/x-www-form-urlencoded", "SAMLResponse=_w8", SamlReason.NotEncoded)]
    [InlineData("application/x-www-form-urlencoded", "SAMLResponse=%2F%2F8%3D", SamlReason.NotXml)]
    public async Task A_post_that_is_no_response_is_refused(string type, string body, string reason)
    {
        using var content = new StringContent(body, Encoding.ASCII);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        var answer = await _host.DeliverAsync(_host.Portal.OpenBrowser(), content);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(reason, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
    }

    [Fact]
    public async Task A_post_of_many_megabytes_is_not_read()
    {
        using var content = new StringContent(
            "SAMLResponse=" + new string('A', 3_000_000),
            Encoding.ASCII,
            "application/x-www-form-urlencoded"
        );
        using var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var posted = await foreign.PostAsync(new Uri(_host.Portal.Address, $"/saml/{_host.Identifier}"), content);

        var answer = await SamlHost.ContinueAsync(_host.Portal.OpenBrowser(), new Uri(_host.Portal.Address, posted.Headers.Location!));
        Assert.Equal(SamlReason.TooLarge, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
    }

    /// <summary>Everything that is stored of replies which wait, as text.</summary>
    private async Task<string> StoredAsync()
    {
        await using var database = await _host.Portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContextAsync();
        var rows = await database.StoredReplies.ToListAsync();
        return string.Concat(rows.Select(row => $"{Convert.ToHexString(row.Digest)} {Encoding.UTF8.GetString(row.Content)}"));
    }

    private async Task<(string Request, string Cookie)> StartAndKeepCookieAsync(HttpClient browser)
    {
        var answer = await browser.GetAsync(new Uri($"/sign-in/{_host.Identifier}", UriKind.Relative));
        var request = SamlHost.RequestOf(answer.Headers.Location!).DocumentElement!.GetAttribute("ID");
        return (request, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]);
    }

    private HttpClient WithCookie(string cookie)
    {
        var browser = _host.Portal.OpenBrowser();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return browser;
    }

    private async Task RefusedAsync(HttpClient browser, string encoded, string reason)
    {
        var answer = await _host.DeliverAsync(browser, encoded);
        Assert.Equal((HttpStatusCode.Forbidden, false), (answer.Status, answer.HasSession));
        Assert.Equal(reason, SamlHost.ReasonOf(await _host.ActivityAsync(answer.Incident!)));
    }

    private async Task<Uri> PostAsync(HttpClient foreign, SampleResponse response)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["SAMLResponse"] = Encode(response) });
        var posted = await foreign.PostAsync(new Uri(_host.Portal.Address, $"/saml/{_host.Identifier}"), content);
        return new Uri(_host.Portal.Address, posted.Headers.Location!);
    }

    private string Encode(SampleResponse response) => SampleIdentityProvider.Encode(_host.Provider.Respond(response));

    private static SampleResponse Signed(SampleResponse response, Signing signing) =>
        response with
        {
            SignsResponse = signing != Signing.Assertion,
            SignsAssertion = signing != Signing.Response,
        };
}
