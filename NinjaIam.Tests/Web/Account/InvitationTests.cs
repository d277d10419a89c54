using System.Net;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Web.Account;

public sealed class InvitationTests : IAsyncLifetime
{
    private const string Password = "a long enough password";

    private readonly PortalHost _portal = new();
    private Origin _administrator = default!;

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        _administrator = Origin.Of(new Actor(ActorKind.Administrator, await _portal.CreateAdministratorAsync(), "Ada Lind"));
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [Proves("rule-47")]
    [InlineData(AccountKind.EndUser, "/profile")]
    [InlineData(AccountKind.Technician, "/home")]
    public async Task Whoever_has_the_link_chooses_a_password_is_signed_in_and_lands_at_home(AccountKind kind, string home)
    {
        var invitation = await InviteAsync(kind);
        var browser = _portal.OpenBrowser();

        var page = await browser.GetAsync(new Uri(invitation.Path, UriKind.Relative));
        var answer = await PortalHost.SubmitAsync(browser, invitation.Path, ("password", Password));

        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.True(page.Headers.CacheControl?.NoStore);
        Assert.Contains("Welcome, Bob Berg.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith(home, answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri(home, UriKind.Relative))).StatusCode);
        foreach (var path in (string[])["/administration/accounts/users", "/administration/accounts/users/export", "/activities"])
        {
            var refused = await browser.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((HttpStatusCode.Redirect, "/not-allowed"), (refused.StatusCode, refused.Headers.Location?.ToString()));
        }

        Assert.EndsWith(
            home,
            (await PortalHost.SignInAsync(_portal.OpenBrowser(), "bob@example.com", Password)).Headers.Location?.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_used_link_says_that_it_does_not_work_and_names_nobody()
    {
        var invitation = await InviteAsync();
        await PortalHost.SubmitAsync(_portal.OpenBrowser(), invitation.Path, ("password", Password));

        var page = await _portal.OpenBrowser().GetStringAsync(new Uri(invitation.Path, UriKind.Relative));

        Assert.Contains("This invitation does not work any more.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob Berg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bob@example.com", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_opened_in_time_and_sent_too_late_has_expired()
    {
        var invitation = await InviteAsync();
        var browser = _portal.OpenBrowser();
        var opened = await browser.GetStringAsync(new Uri(invitation.Path, UriKind.Relative));
        await _portal
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    var person = await scope.Database.Users.FindAsync([invitation.AccountId], CancellationToken.None);
                    person!.InvitationExpiresAt = scope.Now;
                    return await scope.Database.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None
            );

        var sent = await PortalHost.SendAsync(browser, invitation.Path, opened, ("password", Password));

        Assert.Contains("This invitation has expired.", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_short_a_password_is_said_at_the_field_and_never_sent_back()
    {
        var invitation = await InviteAsync();

        var answer = await PortalHost.SubmitAsync(_portal.OpenBrowser(), invitation.Path, ("password", "too short"));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Use 12 characters or more.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_not_taken()
    {
        var invitation = await InviteAsync();
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("_handler", "invitation"),
            KeyValuePair.Create("password", Password),
        ]);

        var answer = await _portal.OpenBrowser().PostAsync(new Uri(invitation.Path, UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            InvitationState.Pending,
            (await _portal.Get<Invitations>().FindAsync(invitation.Path[Invitations.Path.Length..], CancellationToken.None)).State
        );
    }

    [Fact]
    public async Task Fields_that_the_form_does_not_have_change_nothing()
    {
        var invitation = await InviteAsync();

        await PortalHost.SubmitAsync(
            _portal.OpenBrowser(),
            invitation.Path,
            ("password", Password),
            ("username", "ada@example.com"),
            ("kind", "SystemAdministrator"),
            ("AllOrganizations", "true")
        );

        var person = await _portal.Get<People>().FindAsync(_administrator.Actor, invitation.AccountId, CancellationToken.None);
        Assert.Equal(
            (AccountKind.EndUser, "bob@example.com", false),
            (person?.Person.Kind, person?.Person.UserName, person?.Person.AllOrganizations)
        );
    }

    [Fact]
    public async Task Who_was_signed_in_as_somebody_else_is_not_any_more()
    {
        var invitation = await InviteAsync();
        var browser = _portal.OpenBrowser();
        await PortalHost.SignInAsync(browser);

        await PortalHost.SubmitAsync(browser, invitation.Path, ("password", Password));

        Assert.Equal("/profile", (await browser.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.ToString());
        var ended = await _portal.Get<ActivityLog>().ListAsync(_administrator.Actor, new ActivityFilter(), 20, CancellationToken.None);
        Assert.Contains(ended, entry => entry is { Kind: JournalKind.SignedOut, Subject: "Ada Lind" });
    }

    private async Task<Invitation> InviteAsync(AccountKind kind = AccountKind.EndUser) =>
        Installation.Done(
            await _portal
                .Get<ManualPeople>()
                .AddAsync(
                    new NewPerson
                    {
                        GivenName = "Bob",
                        FamilyName = "Berg",
                        Email = "bob@example.com",
                        Kind = kind,
                    },
                    _administrator,
                    CancellationToken.None
                )
        );
}
