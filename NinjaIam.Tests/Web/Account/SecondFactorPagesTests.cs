using System.Net;
using System.Text.RegularExpressions;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using Xunit;

namespace NinjaIam.Tests.Web.Account;

/// <summary>Signing in with two factors, as a browser does it.</summary>
public sealed partial class SecondFactorPagesTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new() { SecondFactor = SecondFactorRule.Required };

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        await _portal.CreateAdministratorAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_first_sign_in_sets_the_factor_up_shows_the_codes_and_the_next_one_asks_for_one()
    {
        var browser = _portal.OpenBrowser();
        var password = await PortalHost.SignInAsync(browser, path: "/sign-in?returnUrl=%2Factivities");
        Assert.Equal("/sign-in/second-factor?returnUrl=%2Factivities", PathOf(password));
        // Half a sign-in opens nothing.
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);

        var page = await browser.GetStringAsync(password.Headers.Location);
        var app = new AuthenticatorApp(WebUtility.HtmlDecode(Key().Match(page).Groups[1].Value));
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        var wrong = await TextAsync(await PortalHost.SendAsync(browser, PathOf(password), page, ("code", "12345")));
        Assert.Contains("Enter the six digits", wrong, StringComparison.Ordinal);
        var done = await PortalHost.SendAsync(browser, PathOf(password), page, ("code", app.CodeAt(_portal.Clock.GetUtcNow())));
        var codes = Code().Matches(await TextAsync(done)).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Count);
        Assert.Contains("no-store", done.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);

        var other = _portal.OpenBrowser();
        var second = await PortalHost.SignInAsync(other);
        Assert.Equal(SigningIn.CodePath, PathOf(second));
        var used = await PortalHost.SubmitAsync(other, PathOf(second), ("code", app.CodeAt(_portal.Clock.GetUtcNow())));
        Assert.Contains("This code was used already", await TextAsync(used), StringComparison.Ordinal);
        _portal.Advance(TimeSpan.FromMinutes(1));
        var right = await PortalHost.SubmitAsync(other, PathOf(second), ("code", app.CodeAt(_portal.Clock.GetUtcNow())));
        Assert.Equal("/", PathOf(right));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData(SigningIn.CodePath)]
    [InlineData(SigningIn.SecondFactorPath)]
    public async Task Without_a_password_before_there_is_nothing_to_enter(string path)
    {
        var browser = _portal.OpenBrowser();

        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("Sign in again", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"code\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_minutes_after_the_password_the_sign_in_begins_again()
    {
        var browser = _portal.OpenBrowser();
        var password = await PortalHost.SignInAsync(browser);
        var page = await browser.GetStringAsync(password.Headers.Location);
        var app = new AuthenticatorApp(WebUtility.HtmlDecode(Key().Match(page).Groups[1].Value));

        _portal.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var answer = await PortalHost.SendAsync(browser, PathOf(password), page, ("code", app.CodeAt(_portal.Clock.GetUtcNow())));

        Assert.Contains("Sign in again", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    private static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.ToString()) : "";

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    [GeneratedRegex("data-testid=\"authenticator-key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li><code>([a-z0-9-]+)</code></li>")]
    private static partial Regex Code();
}
