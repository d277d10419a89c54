using System.Net;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Accounts;
using Xunit;

namespace NinjaIam.Tests.Web.Account;

public sealed class FirstRunTests : IAsyncLifetime
{
    private readonly PortalHost _portal = new();

    public Task InitializeAsync() => _portal.InitializeAsync();

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_link_creates_the_first_administrator_and_signs_them_in()
    {
        var browser = _portal.OpenBrowser();

        var answer = await SubmitAsync(browser, _portal.CreateFirstRunPath());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", PathOf(answer));
        Assert.True(await AnyAdministratorAsync());
        var circuit = await browser.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.OK, circuit.StatusCode);
    }

    [Fact]
    [Proves("asvs-14.2.1")]
    public async Task The_address_with_the_secret_is_told_to_no_other_site()
    {
        using var page = await _portal.OpenBrowser().GetAsync(new Uri(_portal.CreateFirstRunPath(), UriKind.Relative));

        Assert.Equal(["no-referrer"], page.Headers.GetValues("Referrer-Policy"));
    }

    [Fact]
    public async Task Wrong_fields_are_named_and_nothing_typed_is_lost_but_the_password()
    {
        var answer = await PortalHost.SubmitAsync(
            _portal.OpenBrowser(),
            _portal.CreateFirstRunPath(),
            ("full-name", "Ada Lind"),
            ("email", "ada"),
            ("password", "too short")
        );

        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("Enter an email address such as ada@example.com.", text, StringComparison.Ordinal);
        Assert.Contains("Use 12 characters or more.", text, StringComparison.Ordinal);
        Assert.Contains("value=\"Ada Lind\"", text, StringComparison.Ordinal);
        Assert.Contains("value=\"ada\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", text, StringComparison.Ordinal);
        Assert.False(await AnyAdministratorAsync());
    }

    [Fact]
    public async Task After_an_hour_the_link_has_expired()
    {
        var path = _portal.CreateFirstRunPath();
        var browser = _portal.OpenBrowser();
        var opened = await browser.GetStringAsync(new Uri(path, UriKind.Relative));
        _portal.Advance(FirstRunLink.Lifetime);

        var sent = await PortalHost.SendAsync(browser, path, opened, Fields);

        Assert.Contains(
            "This link has expired. Restart NinjaIam to get a new link.",
            await sent.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(await AnyAdministratorAsync());
    }

    [Fact]
    public async Task A_used_link_says_so_and_leads_to_the_sign_in_page()
    {
        var path = _portal.CreateFirstRunPath();
        await SubmitAsync(_portal.OpenBrowser(), path);

        var page = await _portal.OpenBrowser().GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("This link has been used.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_link_creates_nobody()
    {
        _portal.CreateFirstRunPath();

        var page = await _portal.OpenBrowser().GetStringAsync(new Uri(FirstRunLink.Path + "0123456789", UriKind.Relative));

        Assert.Contains("This link does not work.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_link_ends_the_one_before()
    {
        var old = _portal.CreateFirstRunPath();
        _portal.CreateFirstRunPath();

        var page = await _portal.OpenBrowser().GetStringAsync(new Uri(old, UriKind.Relative));

        Assert.Contains("This link does not work.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_administrator_exists_the_link_leads_to_the_sign_in_page()
    {
        var path = _portal.CreateFirstRunPath();
        await _portal.CreateAdministratorAsync("other@example.com");

        var page = await _portal.OpenBrowser().GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("A system administrator exists already.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_people_with_the_link_one_wins()
    {
        var path = _portal.CreateFirstRunPath();
        var (one, other) = (_portal.OpenBrowser(), _portal.OpenBrowser());
        var pages = await Task.WhenAll(
            one.GetStringAsync(new Uri(path, UriKind.Relative)),
            other.GetStringAsync(new Uri(path, UriKind.Relative))
        );

        var answers = await Task.WhenAll(
            PortalHost.SendAsync(
                one,
                path,
                pages[0],
                ("full-name", "One"),
                ("email", "one@example.com"),
                ("password", PortalHost.Password)
            ),
            PortalHost.SendAsync(
                other,
                path,
                pages[1],
                ("full-name", "Other"),
                ("email", "other@example.com"),
                ("password", PortalHost.Password)
            )
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
        var loser = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var text = await loser.Content.ReadAsStringAsync();
        Assert.True(text.Contains("exists already", StringComparison.Ordinal) || text.Contains("has been used", StringComparison.Ordinal));
        var people = await _portal
            .Get<People>()
            .ListAsync(Actor.CommandLine, new PeopleFilter(), new PageRequest(0, 10), CancellationToken.None);
        Assert.Equal(1, people.Total);
    }

    [Fact]
    [Proves("asvs-6.3.2")]
    public async Task While_nobody_exists_the_sign_in_page_says_where_the_link_is()
    {
        var page = await _portal.OpenBrowser().GetStringAsync(new Uri("/sign-in", UriKind.Relative));

        Assert.Contains("printed where NinjaIam was started", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
    }

    private static (string, string)[] Fields => [("full-name", "Ada Lind"), ("email", PortalHost.Email), ("password", PortalHost.Password)];

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string path) => PortalHost.SubmitAsync(browser, path, Fields);

    private static string? PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.ToString()) : null;

    private Task<bool> AnyAdministratorAsync() => _portal.Get<Administrators>().AnyAsync(CancellationToken.None);
}
