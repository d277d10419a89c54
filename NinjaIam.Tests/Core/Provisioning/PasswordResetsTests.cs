using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Core.SingleSignOn;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Provisioning;

/// <summary>Links by which people choose a password, from whoever sends them to the sign-in that they lead to.</summary>
public sealed class PasswordResetsTests : IAsyncLifetime
{
    private const string Chosen = "a rather new phrase";
    private readonly SamlHost _host = new();

    private PasswordResets Resets => _host.Portal.Get<PasswordResets>();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-54")]
    public async Task Whom_the_provider_does_not_sign_in_any_more_chooses_a_password_and_signs_in_with_it()
    {
        Installation.Done(await DisableAsync());
        var link = await LinkOfAsync(SamlHost.Eve);

        var used = await UseAsync(link, Chosen);

        Assert.Equal("/profile", used.Headers.Location?.PathAndQuery);
        Assert.Equal("/profile", (await SignInAsync(SamlHost.Eve, Chosen)).Headers.Location?.PathAndQuery);
        // It worked once.
        Assert.Contains("password-link-state", await PageAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-54")]
    public async Task Nobody_gets_or_uses_one_whom_a_provider_signs_in()
    {
        var eve = await IdOfAsync(SamlHost.Eve);
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await SendAsync(eve)).Kind);
        Assert.True((await Resets.SendToStrandedAsync(_host.ProviderId, _host.Administrator, CancellationToken.None)).IsRefused);

        Installation.Done(await DisableAsync());
        var link = await LinkOfAsync(SamlHost.Eve);
        Installation.Done(
            await _host
                .Portal.Get<SingleSignOnConnections>()
                .EnableAsync(_host.ProviderId, true, _host.Administrator, CancellationToken.None)
        );

        Assert.Contains("password-link-state", await PageAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_and_every_session_of_the_person_ends()
    {
        var ada = _host.Administrator.Actor.Id!.Value;
        var browser = await _host.OpenAsAdministratorAsync();
        var link = Installation.Done(await SendAsync(ada)).Path;
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(PortalHost.Email, PortalHost.Password)).StatusCode);

        Assert.Equal("/", (await UseAsync(link, Chosen)).Headers.Location?.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(PortalHost.Email, PortalHost.Password)).StatusCode);
        Assert.Equal("/", (await SignInAsync(PortalHost.Email, Chosen)).Headers.Location?.PathAndQuery);
        var before = await browser.GetAsync(new Uri("/profile", UriKind.Relative));
        Assert.StartsWith("/sign-in", before.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("asvs-6.4.3")]
    public async Task The_second_factor_is_asked_for_all_the_same()
    {
        Installation.Done(await DisableAsync());
        await ChangeEveAsync(eve => eve.TwoFactorEnabled = true);

        var used = await UseAsync(await LinkOfAsync(SamlHost.Eve), Chosen);

        Assert.Equal("/sign-in/code", used.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task A_link_ends_after_a_day_by_a_new_one_and_when_the_person_is_blocked()
    {
        Installation.Done(await DisableAsync());
        var first = await LinkOfAsync(SamlHost.Eve);
        var second = await LinkOfAsync(SamlHost.Eve);
        Assert.Contains("password-link-state", await PageAsync(first), StringComparison.Ordinal);
        Assert.Contains(SamlHost.Eve, await PageAsync(second), StringComparison.Ordinal);

        await ChangeEveAsync(eve => eve.Blocked = true);
        Assert.Contains("password-link-state", await PageAsync(second), StringComparison.Ordinal);
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(await SendAsync(await IdOfAsync(SamlHost.Eve))).Kind);
        await ChangeEveAsync(eve => eve.Blocked = false);

        _host.Portal.Advance(PasswordLinks.Lifetime);
        Assert.Contains("password-link-state", await PageAsync(second), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("password1234")]
    [InlineData("eve@contoso.com")]
    public async Task A_bad_password_is_refused_and_the_link_still_works(string password)
    {
        Installation.Done(await DisableAsync());
        var link = await LinkOfAsync(SamlHost.Eve);

        var refused = await UseAsync(link, password);

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal("/profile", (await UseAsync(link, Chosen)).Headers.Location?.PathAndQuery);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Sending_one_asks_for_a_step_up()
    {
        Installation.Done(await DisableAsync());
        await SignedIn.ForgetStepUpAsync(_host.Portal.Services, _host.Administrator);

        Assert.Equal(RefusalKind.StepUpRequired, Installation.Refused(await SendAsync(await IdOfAsync(SamlHost.Eve))).Kind);
    }

    [Fact]
    public async Task Without_mail_nobody_is_told_that_links_were_sent()
    {
        Installation.Done(await DisableAsync());

        var refused = Installation.Refused(await Resets.SendToStrandedAsync(_host.ProviderId, _host.Administrator, CancellationToken.None));

        Assert.Equal(RefusalKind.PrerequisiteMissing, refused.Kind);
    }

    [Fact]
    [Proves("rule-54")]
    public async Task Everybody_without_a_way_in_gets_a_link_of_their_own_and_nobody_else_does()
    {
        const int Managed = 1_001;
        var mail = _host.Portal.Get<IOptions<MailOptions>>().Value;
        (mail.Host, mail.Port, mail.From, mail.Security) = ("127.0.0.1", 9, "iam@example.com", MailSecurity.None);
        var (_, fabrikam) = await _host.AddProviderAsync("Fabrikam", "fabrikam.com");
        Installation.Done(await DisableAsync());
        await AddAsync([
            .. Enumerable.Range(0, Managed).Select(number => Person($"p{number:0000}@contoso.com", _host.ProviderId)),
            Person("kept@contoso.com", null),
            Person("foreign@fabrikam.com", fabrikam),
            Person("else@sub.contoso.com", null),
            Person("has@contoso.com", _host.ProviderId, user => user.PasswordHash = "x"),
            Person("blocked@contoso.com", _host.ProviderId, user => user.Blocked = true),
            Person("inactive@contoso.com", _host.ProviderId, user => user.Active = false),
            Person("nomail", _host.ProviderId, user => user.Email = null),
        ]);

        var sent = Installation.Done(await Resets.SendToStrandedAsync(_host.ProviderId, _host.Administrator, CancellationToken.None));

        var mails = await MailsAsync();
        // Eve is one of those whom the provider manages.
        Assert.Equal(new SentLinks(Managed + 2, WithoutAddress: 1), sent);
        Assert.Equal(sent.People, mails.Count);
        Assert.Equal(sent.People, mails.Select(row => row.Text).Distinct().Count());
        Assert.All(mails, row => Assert.EndsWith("@contoso.com", row.Address, StringComparison.Ordinal));
        Assert.DoesNotContain(mails, row => row.Address.Split('@')[0] is "has" or "blocked" or "inactive");
        Assert.Contains("/invitation/", Assert.Single(mails, row => row.Address == "kept@contoso.com").Text, StringComparison.Ordinal);
        var last = Assert.Single(mails, row => row.Address == "p1000@contoso.com").Text;
        var link = last[last.IndexOf(PasswordLinks.Path, StringComparison.Ordinal)..].Split('\n')[0].Trim();
        Assert.Equal("/profile", (await UseAsync(link, Chosen)).Headers.Location?.PathAndQuery);
    }

    private static User Person(string userName, Guid? provider, Action<User>? change = null)
    {
        var person = new User
        {
            Id = Guid.NewGuid(),
            UserName = userName,
            NormalizedUserName = TextKey.Of(userName),
            Email = userName,
            ProviderId = provider,
            Kind = AccountKind.EndUser,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        change?.Invoke(person);
        return person;
    }

    private Task AddAsync(IReadOnlyList<User> people) =>
        _host
            .Portal.Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    scope.Database.Users.AddRange(people);
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );

    private Task<List<QueuedMail>> MailsAsync() =>
        _host.Portal.Get<IWritePath>().RunAsync(scope => scope.Database.Mails.AsNoTracking().ToListAsync(), CancellationToken.None);

    private Task<Outcome<Completed>> DisableAsync() =>
        _host.Portal.Get<SingleSignOnConnections>().DisableAsync(_host.ProviderId, _host.Administrator, CancellationToken.None);

    private Task<Outcome<Invitation>> SendAsync(Guid person) => Resets.SendAsync(person, _host.Administrator, CancellationToken.None);

    private async Task<string> LinkOfAsync(string userName) => Installation.Done(await SendAsync(await IdOfAsync(userName))).Path;

    private async Task<string> PageAsync(string link) =>
        WebUtility.HtmlDecode(await _host.Portal.OpenBrowser().GetStringAsync(new Uri(link, UriKind.Relative)));

    private Task<HttpResponseMessage> UseAsync(string link, string password) =>
        PortalHost.SubmitAsync(_host.Portal.OpenBrowser(), link, ("password", password));

    private Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        PortalHost.SignInAsync(_host.Portal.OpenBrowser(), email, password, "/sign-in?with=password");

    private Task<Guid> IdOfAsync(string userName) =>
        _host
            .Portal.Get<IWritePath>()
            .RunAsync(
                scope => scope.Database.Users.Where(user => user.UserName == userName).Select(user => user.Id).SingleAsync(),
                CancellationToken.None
            );

    private Task ChangeEveAsync(Action<User> change) =>
        _host
            .Portal.Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    change(await scope.Database.Users.SingleAsync(user => user.UserName == SamlHost.Eve));
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
}
