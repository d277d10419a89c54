using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using Xunit;

namespace NinjaIam.Tests.Web.Account;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.CreateAdministratorAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_right_password_leads_to_the_start_page()
    {
        var answer = await PortalHost.SignInAsync(_portal.OpenBrowser());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", PathOf(answer));
    }

    [Theory]
    [InlineData("/activities?q=ada", "/activities?q=ada")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("activities", "/")]
    [InlineData("/sign-out", "/")]
    public async Task Signing_in_leads_back_to_pages_of_the_portal_only(string returnUrl, string leadsTo)
    {
        var path = $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";

        var answer = await PortalHost.SignInAsync(_portal.OpenBrowser(), path: path);

        Assert.Equal(leadsTo, PathOf(answer));
    }

    [Theory]
    [InlineData(PortalHost.Email)]
    [InlineData("nobody@example.com")]
    public async Task Known_and_unknown_people_get_the_same_answers_and_the_same_delays(string email)
    {
        var browser = _portal.OpenBrowser();
        var answers = new List<string>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            answers.Add(await TextAsync(await PortalHost.SignInAsync(browser, email, "wrong")));
            _portal.Advance(TimeSpan.FromSeconds(attempt == 3 ? 1 : 0));
        }

        Assert.All(answers.Take(2), answer => Assert.Contains("Email or password is wrong.", answer, StringComparison.Ordinal));
        Assert.Contains("Wait 1 second, then try again.", answers[2], StringComparison.Ordinal);
        Assert.Contains("Wait 1 second, then try again.", answers[3], StringComparison.Ordinal);
        Assert.Contains("Wait 2 seconds, then try again.", answers[4], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Contains($"value=\"{email}\"", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain("value=\"wrong\"", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task During_a_delay_the_right_password_is_not_looked_at_either()
    {
        var browser = _portal.OpenBrowser();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await PortalHost.SignInAsync(browser, password: "wrong");
        }

        var during = await PortalHost.SignInAsync(browser);
        _portal.Advance(TimeSpan.FromSeconds(1));
        var after = await PortalHost.SignInAsync(browser);

        Assert.Equal(HttpStatusCode.OK, during.StatusCode);
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task A_form_without_an_antiforgery_token_is_refused_and_nobody_is_signed_in()
    {
        var browser = _portal.OpenBrowser();

        var answer = await browser.PostAsync(
            new Uri("/sign-in", UriKind.Relative),
            new FormUrlEncodedContent([new("_handler", "sign-in"), new("email", PortalHost.Email), new("password", PortalHost.Password)])
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form could not be taken", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(0, await SessionsAsync());
    }

    [Fact]
    public async Task A_second_tab_that_still_shows_the_form_leads_on()
    {
        var browser = _portal.OpenBrowser();
        var page = await browser.GetStringAsync(new Uri("/sign-in?returnUrl=%2Factivities", UriKind.Relative));
        await PortalHost.SignInAsync(browser);

        var answer = await PortalHost.SendAsync(browser, "/sign-in?returnUrl=%2Factivities", page, ("email", "x"), ("password", "y"));

        Assert.Equal("/activities", PathOf(answer));
    }

    [Fact]
    public async Task Who_is_signed_in_does_not_see_the_form_again()
    {
        var browser = await SignedInAsync();

        var answer = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Equal("/", PathOf(answer));
    }

    [Fact]
    [Proves("asvs-7.4.1")]
    public async Task A_session_that_was_ended_leads_to_the_sign_in_page()
    {
        var browser = await SignedInAsync();
        var session = await OnlySessionAsync();
        await _portal.Get<Sessions>().EndAsync(session, Origin.Of(Actor.CommandLine), CancellationToken.None);

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_session_runs_idle_after_an_hour_and_every_request_keeps_it()
    {
        var browser = await SignedInAsync();
        _portal.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await IsSignedInAsync(browser));
        _portal.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await IsSignedInAsync(browser));
        _portal.Advance(TimeSpan.FromMinutes(60));

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    [Proves("asvs-7.4.3")]
    public async Task A_new_password_ends_the_sessions_of_the_old_one()
    {
        var browser = await SignedInAsync();
        Installation.Done(
            await _portal.Get<Administrators>().ReplacePasswordAsync(PortalHost.Email, "another long password", CancellationToken.None)
        );

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    [Proves("asvs-14.3.1", "asvs-7.4.1")]
    public async Task Signing_out_ends_the_session_itself()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetStringAsync(new Uri("/not-found", UriKind.Relative));

        var answer = await PortalHost.SendAsync(browser, SignInServices.SignOutPath, page);

        Assert.Equal("/sign-in", PathOf(answer));
        Assert.False(await IsSignedInAsync(browser));
        await using var database = _portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();
        Assert.NotNull((await database.Sessions.SingleAsync()).EndedAt);
    }

    [Fact]
    public async Task Signing_out_without_an_antiforgery_token_is_refused()
    {
        var browser = await SignedInAsync();

        var answer = await browser.PostAsync(new Uri(SignInServices.SignOutPath, UriKind.Relative), new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task Strangers_get_no_circuit()
    {
        var answer = await _portal
            .OpenBrowser()
            .PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(AccountKind.Technician, "/home")]
    [InlineData(AccountKind.EndUser, "/profile")]
    [Proves("rule-2", "rule-38")]
    public async Task Everybody_lands_on_a_page_of_their_own_and_gets_no_page_of_administration(AccountKind kind, string home)
    {
        var browser = await SignedInAsAsync(kind, home);

        var circuit = await browser.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.OK, circuit.StatusCode);
        foreach (var path in (string[])["/", SignInServices.NoAccessPath])
        {
            Assert.Equal(home, PathOf(await browser.GetAsync(new Uri(path, UriKind.Relative))));
        }

        foreach (
            var path in (string[])
                [
                    "/activities",
                    "/administration/accounts/users",
                    "/administration/accounts/users/export",
                    "/administration/accounts/groups",
                    "/administration/accounts/identity-providers",
                    "/administration/organizations",
                    "/administration/settings",
                ]
        )
        {
            Assert.Equal(SignInServices.NotAllowedPath, PathOf(await browser.GetAsync(new Uri(path, UriKind.Relative))));
        }

        // What nobody permitted is not handed out as a file either.
        Assert.Equal(SignInServices.NotAllowedPath, PathOf(await browser.GetAsync(new Uri("/users/export", UriKind.Relative))));
    }

    [Fact]
    public async Task Somebody_who_asked_for_a_page_of_theirs_before_signing_in_gets_it()
    {
        await AddAsync(AccountKind.Technician);

        var answer = await PortalHost.SignInAsync(_portal.OpenBrowser(), "tech@example.com", path: "/sign-in?returnUrl=%2Fprofile");

        Assert.Equal("/profile", PathOf(answer));
    }

    [Fact]
    public async Task The_address_of_later_single_sign_on_is_not_found_yet()
    {
        var answer = await _portal.OpenBrowser().GetAsync(new Uri("/sign-in/abcdefghijkl", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [Proves("asvs-3.3.2", "asvs-3.3.4")]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        var answer = await PortalHost.SignInAsync(_portal.OpenBrowser());

        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"),
            value => value.StartsWith("ninjaiam=", StringComparison.Ordinal)
        );
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Proves("asvs-3.3.1", "asvs-3.3.3")]
    public async Task Over_HTTPS_the_cookie_is_bound_to_this_host_and_no_other_is_taken()
    {
        var result = await _portal
            .Get<PasswordSignIn>()
            .TryAsync(PortalHost.Email, PortalHost.Password, Origin.Of(Actor.System), CancellationToken.None);
        var session = Installation.SessionOf(result);

        var cookie = await OverHttpsAsync(
            null,
            async context =>
            {
                await context.SignInAsync(IdentityConstants.ApplicationScheme, PersonIdentity.Of(session));
                return Assert.Single(context.Response.Headers.SetCookie)!;
            }
        );

        Assert.StartsWith("__Host-ninjaiam=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        var pair = cookie.Split(';')[0];
        Assert.True(await OverHttpsAsync(pair, IsKnownAsync));
        Assert.False(await OverHttpsAsync(pair["__Host-".Length..], IsKnownAsync));
    }

    private static async Task<bool> IsKnownAsync(HttpContext context) => (await context.AuthenticateAsync()).Succeeded;

    private async Task<T> OverHttpsAsync<T>(string? cookie, Func<HttpContext, Task<T>> ask)
    {
        await using var services = _portal.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = services.ServiceProvider };
        (context.Request.Scheme, context.Request.Host) = ("https", new HostString("iam.example.com"));
        context.Request.Headers.Cookie = cookie;
        return await ask(context);
    }

    private static string? PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.ToString()) : null;

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static async Task<bool> IsSignedInAsync(HttpClient browser)
    {
        var answer = await browser.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), new ByteArrayContent([]));
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = _portal.OpenBrowser();
        await PortalHost.SignInAsync(browser);
        Assert.True(await IsSignedInAsync(browser));
        return browser;
    }

    private async Task AddAsync(AccountKind kind)
    {
        var id = await _portal.CreateAdministratorAsync("tech@example.com");
        await _portal
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    (await scope.Database.Users.SingleAsync(user => user.Id == id)).Kind = kind;
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
    }

    private async Task<HttpClient> SignedInAsAsync(AccountKind kind, string home)
    {
        await AddAsync(kind);
        var browser = _portal.OpenBrowser();
        Assert.Equal(home, PathOf(await PortalHost.SignInAsync(browser, "tech@example.com")));
        return browser;
    }

    private async Task<Guid> OnlySessionAsync()
    {
        await using var database = _portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();
        return (await database.Sessions.SingleAsync()).Id;
    }

    private async Task<int> SessionsAsync()
    {
        await using var database = _portal.Get<IDbContextFactory<NinjaIamDbContext>>().CreateDbContext();
        return await database.Sessions.CountAsync();
    }
}
