using System.Net;
using System.Text.RegularExpressions;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.SingleSignOn;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Web.Account;

/// <summary>The sign-in page where people sign in by identity providers, and the test of a connection.</summary>
public sealed partial class SignInByProviderTests : IAsyncLifetime
{
    private readonly SamlHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("eve@contoso.com")]
    [InlineData(" EVE@CONTOSO.COM ")]
    [InlineData("nobody@contoso.com")]
    public async Task The_domain_of_the_email_decides_whether_or_not_anybody_has_it(string email)
    {
        var browser = _host.Portal.OpenBrowser();

        var page = await ChooseAsync(browser, email);

        Assert.Contains($"content=\"0;url=/sign-in/{_host.Identifier}?returnUrl=%2F\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_page()
    {
        var browser = _host.Portal.OpenBrowser();

        Assert.Equal(Plain(await ChooseAsync(browser, "eve@contoso.com")), Plain(await ChooseAsync(browser, "bob@contoso.com")));
        Assert.Equal(
            Plain(await ChooseAsync(browser, PortalHost.Email)),
            Plain(await ChooseAsync(browser, "bob@example.com")).Replace("bob@example.com", PortalHost.Email, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("eve@sub.contoso.com")]
    [InlineData("eve@contoso.com.example")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task Without_a_provider_for_exactly_the_domain_the_password_is_asked_for(string email)
    {
        var page = await ChooseAsync(_host.Portal.OpenBrowser(), email);

        Assert.Contains("type=\"password\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_provider_takes_those_whose_domain_nobody_has()
    {
        var (fabrikam, id) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com");
        Installation.Done(
            await _host
                .Portal.Get<SingleSignOnConnections>()
                .ChangeAsync(id, new SingleSignOnChoices(true, false, null, 2), _host.Administrator, CancellationToken.None)
        );
        var browser = _host.Portal.OpenBrowser();

        Assert.Contains($"/sign-in/{fabrikam}?", await ChooseAsync(browser, "bob@example.com"), StringComparison.Ordinal);
        Assert.Contains($"/sign-in/{_host.Identifier}?", await ChooseAsync(browser, "bob@contoso.com"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-52")]
    public async Task Everybody_is_shown_the_way_to_the_password_also_an_administrator_in_a_claimed_domain()
    {
        await _host.Portal.CreateAdministratorAsync("root@contoso.com");
        var browser = _host.Portal.OpenBrowser();
        var start = await browser.GetStringAsync(new Uri("/sign-in?returnUrl=%2Factivities", UriKind.Relative));
        var link = WebUtility.HtmlDecode(PasswordLink().Match(start).Groups[1].Value);

        var answer = await PortalHost.SignInAsync(browser, "root@contoso.com", path: link);

        Assert.Equal("/activities", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_wrong_password_is_answered_on_the_form_with_the_password()
    {
        var answer = await PortalHost.SignInAsync(_host.Portal.OpenBrowser(), password: "guessed", path: "/sign-in?with=password");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("Email or password is wrong.", page, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"with-provider\"", page, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-8")]
    public async Task A_test_of_the_connection_shows_every_step_and_what_was_received_and_signs_nobody_in()
    {
        var browser = await _host.OpenAsAdministratorAsync();
        var request = await TestAsync(browser);

        var answer = await _host.DeliverAsync(browser, _host.Genuine(request));

        Assert.Equal((HttpStatusCode.OK, false), (answer.Status, answer.HasSession));
        foreach (var check in Enum.GetNames<SamlCheck>())
        {
            Assert.Contains($"data-testid=\"test-step-{check}\"", answer.Page, StringComparison.Ordinal);
        }

        Assert.Contains("You would be signed in as Eve Moss.", answer.Page, StringComparison.Ordinal);
        Assert.Contains(SampleIdentityProvider.EntityId, answer.Page, StringComparison.Ordinal);
        Assert.NotNull((await ProviderAsync()).TestedAt);
        Assert.Equal("Ada Lind", (await ProviderAsync()).TestedBy);
    }

    [Fact]
    [Proves("rule-8")]
    public async Task A_test_that_fails_says_at_which_step_and_what_to_change()
    {
        var browser = await _host.OpenAsAdministratorAsync();
        var request = await TestAsync(browser);

        var answer = await _host.DeliverAsync(browser, _host.Genuine(request) with { Audience = "https://other.example" }, request);

        Assert.Contains("data-testid=\"test-step-Addressee\"", answer.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"test-step-Time\"", answer.Page, StringComparison.Ordinal);
        Assert.Contains(
            $"Set the identifier (entity ID) at the identity provider to {_host.ReplyUrl}",
            answer.Page,
            StringComparison.Ordinal
        );
        Assert.Null((await ProviderAsync()).TestedAt);
    }

    [Fact]
    public async Task A_test_works_without_an_account_and_says_so()
    {
        var browser = await _host.OpenAsAdministratorAsync();

        var answer = await _host.DeliverAsync(browser, _host.Genuine(await TestAsync(browser)) with { NameId = "nobody@contoso.com" });

        Assert.Contains("Single sign-on works, but you have no account", answer.Page, StringComparison.Ordinal);
        Assert.NotNull((await ProviderAsync()).TestedAt);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_tests_and_nobody_else_sees_the_result()
    {
        var eve = _host.Portal.OpenBrowser();
        var start = await eve.GetAsync(new Uri($"/administration/test-connection/{_host.Identifier}", UriKind.Relative));
        Assert.StartsWith("/sign-in", start.Headers.Location!.PathAndQuery, StringComparison.Ordinal);

        // The answer to an administrator's test, in a browser where nobody is signed in any more.
        var browser = await _host.OpenAsAdministratorAsync();
        var request = await TestAsync(browser);
        var nothing = await browser.GetAsync(new Uri("/sign-in/reply/none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Gone, nothing.StatusCode);
        _host.Portal.Advance(TimeSpan.FromMinutes(14));
        await EndSessionsAsync();

        var answer = await _host.DeliverAsync(browser, _host.Genuine(request));
        Assert.DoesNotContain("test-steps", answer.Page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, false), (answer.Status, answer.HasSession));
    }

    private async Task EndSessionsAsync()
    {
        var sessions = _host.Portal.Get<NinjaIam.Core.Accounts.Sessions>();
        await _host
            .Portal.Get<NinjaIam.Core.Storage.IWritePath>()
            .RunAsync(
                async scope =>
                {
                    await sessions.EndAllAsync(scope, _host.Administrator.Actor.Id!.Value);
                    return true;
                },
                CancellationToken.None
            );
    }

    private async Task<string> TestAsync(HttpClient browser)
    {
        var answer = await browser.GetAsync(new Uri($"/administration/test-connection/{_host.Identifier}", UriKind.Relative));
        return SamlHost.RequestOf(answer.Headers.Location!).DocumentElement!.GetAttribute("ID");
    }

    private async Task<ProviderDetails> ProviderAsync() =>
        (await _host.Portal.Get<Providers>().FindAsync(_host.Administrator.Actor, _host.Identifier, CancellationToken.None))!;

    private static async Task<string> ChooseAsync(HttpClient browser, string email)
    {
        var answer = await PortalHost.SubmitAsync(browser, "/sign-in", ("email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A page without what differs from one request to the next.</summary>
    private static string Plain(string page) => Changing().Replace(page, "");

    [GeneratedRegex("nonce=\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|<!--[^>]*-->|integrity=\"[^\"]*\"")]
    private static partial Regex Changing();

    [GeneratedRegex("<a href=\"([^\"]*)\" data-testid=\"with-password\"")]
    private static partial Regex PasswordLink();
}
