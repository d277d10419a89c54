using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using NinjaIam.Web.Components.Account;
using Xunit;
using SignInOptions = NinjaIam.Core.Accounts.Factors.SignInOptions;

namespace NinjaIam.Tests.Web.Account;

/// <summary>Passkeys as a browser uses them, opened as localhost, and what is refused.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private const string Refused = "This passkey did not sign you in.";

    private readonly PortalHost _portal = new();
    private readonly List<SoftwareAuthenticator> _devices = [];
    private Guid _ada;

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        _ada = await _portal.CreateAdministratorAsync();
        _portal.Get<PortalAddress>().Set(new Uri(Origin), isConfigured: true);
    }

    public Task DisposeAsync()
    {
        _devices.ForEach(device => device.Dispose());
        return _portal.DisposeAsync();
    }

    private string Origin => $"http://localhost:{_portal.Address.Port}";

    [Fact]
    [Proves("asvs-6.3.3")]
    public async Task A_passkey_is_both_factors_and_replaces_the_code_of_an_administrator()
    {
        var device = await AddAsync(await SignedInAsync());
        _portal.Advance(TimeSpan.FromSeconds(1));
        _portal.Get<IOptions<SignInOptions>>().Value.SecondFactor = SecondFactorRule.Required;

        var browser = OpenBrowser();
        var answer = await SignInAsync(browser, device, "/sign-in?returnUrl=%2Factivities");

        Assert.Equal("/activities", PathOf(answer));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        var passkey = Assert.Single(await PasskeysAsync());
        Assert.Equal(("Ada's key", _portal.Clock.GetUtcNow()), (passkey.Name, passkey.LastUsedAt));
        var origin = await OriginOfLastSessionAsync();
        Assert.Equal(StepUpWay.NotNeeded, await _portal.Get<StepUpCheck>().WayAsync(origin, CancellationToken.None));
        await using var database = Read();
        Assert.Equal(
            [JournalKind.SignedIn, JournalKind.PasskeyAdded, JournalKind.SignedIn],
            await database.Set<JournalRow>().Where(row => row.ActorId == _ada).OrderBy(row => row.Seq).Select(row => row.Kind).ToListAsync()
        );
    }

    [Fact]
    public async Task A_password_leads_whoever_has_only_a_passkey_to_it_and_no_further()
    {
        var device = await AddAsync(await SignedInAsync());
        var browser = OpenBrowser();
        var password = await PortalHost.SignInAsync(browser);
        Assert.Equal(SigningIn.CodePath, PathOf(password));
        var page = await browser.GetStringAsync(password.Headers.Location);
        Assert.DoesNotContain("data-testid=\"send-code\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("authenticator", page, StringComparison.OrdinalIgnoreCase);

        var numbers = _portal.OpenBrowser();
        var elsewhere = await PortalHost.SignInAsync(numbers);
        Assert.Contains($"Passkeys belong to {Origin}", await numbers.GetStringAsync(elsewhere.Headers.Location), StringComparison.Ordinal);

        // A passkey that anybody was asked for says nothing here.
        var others = await OptionsAsync(browser, PasskeyEndpoints.SignInPath);
        Assert.Contains(
            Refused,
            await TextAsync(await SendAsync(browser, SigningIn.CodePath, device.Get(others))),
            StringComparison.Ordinal
        );
        var options = await OptionsAsync(browser, PasskeyEndpoints.CodePath);
        Assert.Equal(1, JsonDocument.Parse(options).RootElement.GetProperty("allowCredentials").GetArrayLength());
        var right = await SendAsync(browser, SigningIn.CodePath, device.Get(options));

        Assert.Equal("/", PathOf(right));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    [Proves("asvs-6.3.1", "asvs-6.5.1", "asvs-6.5.5")]
    public async Task Whatever_is_wrong_with_an_answer_nobody_is_signed_in_and_the_words_are_the_same()
    {
        var device = await AddAsync(await SignedInAsync());
        var (browser, other) = (OpenBrowser(), OpenBrowser());
        var (sessions, others) = (await SessionsAsync(), await OptionsAsync(other));

        await RefusedAsync(browser, "does not belong", options => Device().Get(options, _ada));
        await RefusedAsync(browser, "does not belong", options => device.Get(options, Guid.NewGuid()));
        await RefusedAsync(browser, "invalid origin", options => Changed(device => device.Origin = "http://127.0.0.1").Get(options));
        await RefusedAsync(browser, "invalid origin", options => Changed(device => device.IsInFrame = true).Get(options));
        await RefusedAsync(browser, "verification is required", options => Changed(device => device.VerifiesUser = false).Get(options));
        await RefusedAsync(browser, "signature was invalid", options => Changed(device => device.Forges = true).Get(options));
        await RefusedAsync(browser, "does not match original challenge", _ => Changed(_ => { }).Get(others));
        await RefusedAsync(browser, "invalid format", _ => "{\"id\":");
        await RefusedAsync(browser, "invalid format", _ => "");
        await RefusedAsync(browser, "too long", _ => new string('a', 100_000));
        await RefusedAsync(
            browser,
            "took too long",
            options =>
            {
                _portal.Advance(TimeSpan.FromMinutes(5));
                return device.Get(options);
            }
        );

        Assert.Equal(sessions, await SessionsAsync());
        Changed(_ => { });
        Assert.Equal("/", PathOf(await SignInAsync(browser, device)));

        SoftwareAuthenticator Changed(Action<SoftwareAuthenticator> change)
        {
            (device.Origin, device.IsInFrame, device.VerifiesUser, device.Forges) = (Origin, false, true, false);
            change(device);
            return device;
        }
    }

    [Fact]
    [Proves("asvs-6.5.1")]
    public async Task An_answer_signs_in_once_however_often_and_however_many_send_it()
    {
        var device = await AddAsync(await SignedInAsync());
        var first = OpenBrowser();
        var (options, cookie) = await OptionsAndCookieAsync(first);
        var answer = device.Get(options);

        Assert.Equal("/", PathOf(await SendAsync(first, "/sign-in", answer)));

        // Stolen with the cookie of its challenge.
        Assert.Contains(Refused, await TextAsync(await StealAsync(cookie, answer)), StringComparison.Ordinal);
        Assert.Contains("answered before", await LastReasonAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await SessionsAsync());

        var (others, otherCookie) = await OptionsAndCookieAsync(OpenBrowser());
        var another = device.Get(others);
        var many = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StealAsync(otherCookie, another)));
        Assert.Single(many, sent => sent.StatusCode == HttpStatusCode.Found);
        Assert.Equal(3, await SessionsAsync());
        // Reached by the same address as before, whatever port it listens on now.
        var address = new Uri(Origin);
        await _portal.RestartAsync();
        _portal.Get<PortalAddress>().Set(address, isConfigured: true);
        _portal.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains(Refused, await TextAsync(await StealAsync(otherCookie, another)), StringComparison.Ordinal);
        Assert.Contains("answered before", await LastReasonAsync(), StringComparison.Ordinal);

        Task<HttpResponseMessage> StealAsync(string of, string what)
        {
            var thief = OpenBrowser();
            thief.DefaultRequestHeaders.Add("Cookie", of);
            thief.DefaultRequestHeaders.Host = new Uri(device.Origin).Authority;
            return SendAsync(thief, "/sign-in", what);
        }
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_refused()
    {
        var device = await AddAsync(await SignedInAsync());
        device.Count = 7;
        Assert.Equal("/", PathOf(await SignInAsync(OpenBrowser(), device)));

        Assert.Contains(Refused, await TextAsync(await SignInAsync(OpenBrowser(), device)), StringComparison.Ordinal);
        Assert.Contains("signature counter", await LastReasonAsync(), StringComparison.Ordinal);
        device.Count = 8;
        Assert.Equal("/", PathOf(await SignInAsync(OpenBrowser(), device)));
    }

    [Fact]
    [Proves("asvs-6.3.1", "asvs-7.4.2")]
    public async Task Wrong_passwords_make_no_passkey_wait_and_whoever_is_blocked_or_deactivated_is_refused()
    {
        var device = await AddAsync(await SignedInAsync());
        for (var guess = 0; guess < 20; guess++)
        {
            await _portal.Get<PasswordSignIn>().TryAsync(PortalHost.Email, $"guess {guess}", Visitor, CancellationToken.None);
        }

        Assert.IsType<PasswordSignInResult.Wait>(
            await _portal.Get<PasswordSignIn>().TryAsync(PortalHost.Email, PortalHost.Password, Visitor, CancellationToken.None)
        );
        Assert.Equal("/", PathOf(await SignInAsync(OpenBrowser(), device)));

        var grace = await _portal.CreateAdministratorAsync("grace@example.com");
        var by = await SignedIn.AsAsync(_portal.Services, grace, "Grace Roy");
        Installation.Done(await _portal.Get<PersonAccess>().BlockAsync(_ada, by, CancellationToken.None));
        var blocked = await TextAsync(await SignInAsync(OpenBrowser(), device));
        _portal.Advance(TimeSpan.FromHours(1));
        var byPassword = await TextAsync(await PortalHost.SignInAsync(OpenBrowser()));

        Assert.Contains(AccountTexts.NoAccessBlocked, blocked, StringComparison.Ordinal);
        Assert.Contains(AccountTexts.NoAccessBlocked, byPassword, StringComparison.Ordinal);
        await _portal
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var ada = await scope.Database.Users.SingleAsync(user => user.Id == _ada);
                    (ada.Blocked, ada.Active) = (false, false);
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
        var deactivated = await TextAsync(await SignInAsync(OpenBrowser(), device));
        Assert.Contains(AccountTexts.NoAccessInactive, deactivated, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-18", "asvs-7.5.3")]
    public async Task A_step_up_takes_the_passkey_of_that_person_in_that_sign_in_and_no_password()
    {
        var mine = await SignedInAsync();
        var device = await AddAsync(mine);
        await _portal.CreateAdministratorAsync("grace@example.com");
        var graces = await AddAsync(await SignedInAsync("grace@example.com"), "Grace's key");
        _portal.Advance(TimeSpan.FromSeconds(1));
        var again = OpenBrowser();
        Assert.Equal("/", PathOf(await SignInAsync(again, device)));
        var origin = await OriginOfLastSessionAsync();
        _portal.Advance(StepUpGuard.Lasts);
        var check = _portal.Get<StepUpCheck>();

        Assert.Equal(StepUpWay.Passkey, await check.WayAsync(origin, CancellationToken.None));
        Assert.True((await check.ConfirmAsync(PortalHost.Password, origin, CancellationToken.None)).IsRefused);
        Assert.False(await ConfirmAsync(again, graces.Get(await OptionsAsync(again, PasskeyEndpoints.StepUpOptionsPath))));
        Assert.False(
            await ConfirmAsync(again, graces.Get(await OptionsAsync(again, PasskeyEndpoints.StepUpOptionsPath), _ada)),
            "Grace's passkey, said to be Ada's"
        );
        var (elsewhere, cookie) = await OptionsAndCookieAsync(mine, PasskeyEndpoints.StepUpOptionsPath);
        again.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.False(await ConfirmAsync(again, device.Get(elsewhere)), "the challenge of her other sign-in");
        again.DefaultRequestHeaders.Remove("Cookie");
        device.VerifiesUser = false;
        Assert.False(await ConfirmAsync(again, device.Get(await OptionsAsync(again, PasskeyEndpoints.StepUpOptionsPath))));
        device.VerifiesUser = true;
        Assert.Equal(StepUpWay.Passkey, await check.WayAsync(origin, CancellationToken.None));

        var (options, used) = await OptionsAndCookieAsync(again, PasskeyEndpoints.StepUpOptionsPath);
        var answer = device.Get(options);
        Assert.True(await ConfirmAsync(again, answer));
        Assert.Equal(StepUpWay.NotNeeded, await check.WayAsync(origin, CancellationToken.None));
        again.DefaultRequestHeaders.Add("Cookie", used);
        Assert.False(await ConfirmAsync(again, answer), "sent twice");
        again.DefaultRequestHeaders.Remove("Cookie");

        _portal.Advance(StepUpGuard.Lasts);
        Assert.Equal(StepUpWay.Passkey, await check.WayAsync(origin, CancellationToken.None));
    }

    [Fact]
    [Proves("asvs-7.5.1")]
    public async Task Adding_and_removing_ask_for_a_step_up_and_ten_are_enough()
    {
        var browser = await SignedInAsync();
        var first = await AddAsync(browser);
        for (var more = 1; more < OwnPasskeys.Most; more++)
        {
            await AddAsync(browser, $"Key {more}");
        }

        Assert.Contains("10 passkeys", await BeginAddAsync(browser, "One more"), StringComparison.Ordinal);
        var origin = await OriginOfLastSessionAsync();
        var all = await PasskeysAsync();
        _portal.Advance(StepUpGuard.Lasts);
        Assert.Contains(nameof(RefusalKind.StepUpRequired), await BeginAddAsync(browser, "One more"), StringComparison.Ordinal);
        Assert.Equal(RefusalKind.StepUpRequired, (await RemoveAsync(all[0], origin))?.Kind);
        Assert.True(await ConfirmAsync(browser, first.Get(await OptionsAsync(browser, PasskeyEndpoints.StepUpOptionsPath))));

        var grace = await _portal.CreateAdministratorAsync("grace@example.com");
        var by = await SignedIn.AsAsync(_portal.Services, grace, "Grace Roy");
        Assert.Equal(RefusalKind.NotFound, (await RemoveAsync(all[0], by))?.Kind);
        foreach (var passkey in all)
        {
            Assert.Null(await RemoveAsync(passkey, origin));
        }

        Assert.Empty(await PasskeysAsync());
        Assert.Contains(Refused, await TextAsync(await SignInAsync(OpenBrowser(), first)), StringComparison.Ordinal);
        // No factor is left: the password alone signs in again.
        Assert.Equal("/", PathOf(await PortalHost.SignInAsync(OpenBrowser())));
    }

    [Fact]
    public async Task A_new_passkey_that_verified_nobody_or_came_by_another_page_is_not_kept()
    {
        var browser = await SignedInAsync();
        var device = Device();

        device.VerifiesUser = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAddAsync(browser, device, "A key")).StatusCode);
        (device.VerifiesUser, device.Origin) = (true, "https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAddAsync(browser, device, "A key")).StatusCode);
        device.Origin = Origin;
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAddAsync(browser, device, " ")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TryAddAsync(browser, device, "A key")).StatusCode);
        // Nobody has the passkey of somebody else.
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAddAsync(browser, device, "The same")).StatusCode);

        Assert.Equal("A key", Assert.Single(await PasskeysAsync()).Name);
    }

    [Fact]
    [Proves("rule-43")]
    public async Task A_reset_takes_passkeys_away_and_another_password_leaves_them()
    {
        var device = await AddAsync(await SignedInAsync());
        var origin = await OriginOfLastSessionAsync();
        Installation.Done(
            await _portal.Get<OwnPassword>().ChangeAsync(new NewPassword("seven teapots on a roof"), origin, CancellationToken.None)
        );
        Assert.Equal("/", PathOf(await SignInAsync(OpenBrowser(), device)));

        Installation.Done(
            await _portal.Get<SecondFactors>().ResetAsync(_ada, NinjaIam.Core.Journal.Origin.Of(Actor.CommandLine), CancellationToken.None)
        );

        Assert.Contains(Refused, await TextAsync(await SignInAsync(OpenBrowser(), device)), StringComparison.Ordinal);
        Assert.Empty(await PasskeysAsync());
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "http://127.0.0.1:{0}")]
    [InlineData("http://iam.example.com", "http://iam.example.com")]
    [InlineData("https://iam.example.com", "http://localhost:{0}")]
    [InlineData("http://localhost:{0}", "http://127.0.0.1:{0}")]
    public async Task Where_passkeys_do_not_work_they_are_not_offered(string address, string opened)
    {
        _portal.Get<PortalAddress>().Set(At(address), isConfigured: true);
        var browser = _portal.OpenBrowser();
        browser.DefaultRequestHeaders.Host = At(opened).Authority;

        var page = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var options = await PostAsync(browser, PasskeyEndpoints.SignInPath, new { }, At(opened).GetLeftPart(UriPartial.Authority));

        Assert.Contains("data-testid=\"sign-in-form\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("with-passkey", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, options.StatusCode);
        Assert.DoesNotContain("challenge", await options.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(_portal.Get<PasskeyAddress>().RefuseAt(At(opened)));

        Uri At(string form) => new(form.Replace("{0}", $"{_portal.Address.Port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_of_other_sites_and_visitors_get_nothing_from_the_addresses_for_scripts()
    {
        var browser = await SignedInAsync();
        string[] paths =
        [
            PasskeyEndpoints.StepUpOptionsPath,
            PasskeyEndpoints.StepUpPath,
            PasskeyEndpoints.AddOptionsPath,
            PasskeyEndpoints.AddPath,
        ];

        foreach (var path in paths)
        {
            using var foreign = await PostAsync(browser, path, new { name = "A key", answer = "" }, "https://evil.example");
            using var form = await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([new("name", "A key")]));
            using var visitor = await PostAsync(OpenBrowser(), path, new { name = "A key", answer = "" });

            Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
            Assert.False(form.IsSuccessStatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, visitor.StatusCode);
        }
    }

    private static NinjaIam.Core.Journal.Origin Visitor => NinjaIam.Core.Journal.Origin.Of(Actor.System) with { Address = "192.0.2.7" };

    private HttpClient OpenBrowser()
    {
        var browser = _portal.OpenBrowser();
        browser.BaseAddress = new Uri(Origin);
        return browser;
    }

    private async Task<HttpClient> SignedInAsync(string email = PortalHost.Email)
    {
        var browser = OpenBrowser();
        Assert.Equal("/", PathOf(await PortalHost.SignInAsync(browser, email)));
        return browser;
    }

    private SoftwareAuthenticator Device()
    {
        var device = new SoftwareAuthenticator { Origin = Origin };
        _devices.Add(device);
        return device;
    }

    private async Task<SoftwareAuthenticator> AddAsync(HttpClient browser, string name = "Ada's key")
    {
        var device = Device();
        using var answer = await TryAddAsync(browser, device, name);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return device;
    }

    private async Task<HttpResponseMessage> TryAddAsync(HttpClient browser, SoftwareAuthenticator device, string name)
    {
        using var asked = await PostAsync(browser, PasskeyEndpoints.AddOptionsPath, new { name });
        return asked.IsSuccessStatusCode
            ? await PostAsync(
                browser,
                PasskeyEndpoints.AddPath,
                new { name, answer = device.Create(await asked.Content.ReadAsStringAsync()) }
            )
            : new HttpResponseMessage(asked.StatusCode);
    }

    private async Task<string> BeginAddAsync(HttpClient browser, string name)
    {
        using var asked = await PostAsync(browser, PasskeyEndpoints.AddOptionsPath, new { name });
        return await asked.Content.ReadAsStringAsync();
    }

    private async Task<bool> ConfirmAsync(HttpClient browser, string answer)
    {
        using var sent = await PostAsync(browser, PasskeyEndpoints.StepUpPath, new { answer });
        return sent.IsSuccessStatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, object content, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(content) };
        request.Headers.Add("Origin", origin ?? Origin);
        return await browser.SendAsync(request);
    }

    private async Task<string> OptionsAsync(HttpClient browser, string path = PasskeyEndpoints.SignInPath) =>
        (await OptionsAndCookieAsync(browser, path)).Options;

    private async Task<(string Options, string Cookie)> OptionsAndCookieAsync(HttpClient browser, string path = PasskeyEndpoints.SignInPath)
    {
        using var asked = await PostAsync(browser, path, new { });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var cookie = asked.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("ninjaiam-passkey=", StringComparison.Ordinal));
        return (await asked.Content.ReadAsStringAsync(), cookie.Split(';')[0]);
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient browser, SoftwareAuthenticator device, string path = "/sign-in") =>
        await SendAsync(browser, path, device.Get(await OptionsAsync(browser)));

    /// <summary>The visitor hears one sentence, and Activities the reason.</summary>
    private async Task RefusedAsync(HttpClient browser, string reason, Func<string, string> answer)
    {
        // Refusals of a minute that are alike stand in one row.
        _portal.Advance(TimeSpan.FromMinutes(1));
        var options = await OptionsAsync(browser);
        var page = await TextAsync(await SendAsync(browser, "/sign-in", answer(options)));
        Assert.Contains(Refused, page, StringComparison.Ordinal);
        Assert.Contains(reason, await LastReasonAsync(), StringComparison.Ordinal);
    }

    private async Task<string> LastReasonAsync()
    {
        await _portal.Get<SecurityLog>().FlushAsync(CancellationToken.None);
        await using var database = Read();
        return (await database.Set<SecurityEvent>().OrderByDescending(row => row.Id).FirstAsync()).Detail;
    }

    /// <summary>Sends the form that the script fills in.</summary>
    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, string answer)
    {
        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));
        var form = page[page.IndexOf("data-testid=\"passkey-form\"", StringComparison.Ordinal)..];
        return await PortalHost.SendAsync(browser, path, form, (PasskeyForm.Field, answer));
    }

    private static string PathOf(HttpResponseMessage answer)
    {
        var location = answer.Headers.Location ?? throw new InvalidOperationException($"It leads nowhere: {answer.StatusCode}");
        return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private NinjaIamDbContext Read() => _portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();

    private Task<IReadOnlyList<PasskeyLine>> PasskeysAsync() => _portal.Get<OwnPasskeys>().ListAsync(_ada, CancellationToken.None);

    private async Task<Refusal?> RemoveAsync(PasskeyLine passkey, NinjaIam.Core.Journal.Origin origin) =>
        (await _portal.Get<OwnPasskeys>().RemoveAsync(passkey.Id, origin, CancellationToken.None)).RefusalOrNull();

    private async Task<int> SessionsAsync()
    {
        await using var database = Read();
        return await database.Sessions.CountAsync();
    }

    private async Task<NinjaIam.Core.Journal.Origin> OriginOfLastSessionAsync()
    {
        await using var database = Read();
        var session = (await database.Sessions.Where(row => row.AccountId == _ada).ToListAsync()).MaxBy(row => row.CreatedAt)!;
        return NinjaIam.Core.Journal.Origin.Of(new Actor(ActorKind.Administrator, _ada, "Ada Lind")) with { SessionId = session.Id };
    }
}
