using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Mail;

/// <summary>Mail over a real conversation with a server on this machine.</summary>
public sealed class MailDeliveryTests : IAsyncLifetime
{
    private static readonly OutgoingMail Hello = new("bob@example.com", "Hello", "How are you?\r\n.\r\nBob");

    private readonly Installation _installation = new();
    private MailServer _server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _installation.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task A_mail_arrives_with_its_words_and_leaves_nothing_behind()
    {
        await StartAsync(new MailServer());
        await EnqueueAsync(Hello);

        Assert.Equal(1, await DeliverAsync());

        var mail = Assert.Single(_server.Received);
        Assert.Equal(("iam@example.com", "bob@example.com"), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal("Hello", mail.Header("Subject"));
        Assert.Equal("NinjaIam <iam@example.com>", mail.Header("From"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.StartsWith("How are you?\r\n.\r\nBob", mail.Text, StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task Mail_goes_out_by_itself_as_soon_as_it_is_durable()
    {
        await StartAsync(new MailServer(), deliversByItself: true);

        await EnqueueAsync(Hello);

        Assert.Equal("Hello", (await _server.NextAsync()).Header("Subject"));
    }

    [Fact]
    public async Task A_mail_about_something_that_was_rolled_back_is_never_sent()
    {
        await StartAsync(new MailServer());
        await _installation
            .Get<IWritePath>()
            .RunAsync<Outcome<Completed>>(
                async scope =>
                {
                    Assert.True(await _installation.Get<MailOutbox>().EnqueueAsync(scope, Hello));
                    return new Refusal(RefusalKind.NotAllowed, "No.");
                },
                CancellationToken.None
            );

        Assert.Equal(0, await DeliverAsync());
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task Mail_waits_while_the_server_is_down_and_goes_out_when_it_is_up_again()
    {
        await StartAsync(new MailServer());
        _server.Stop();
        await EnqueueAsync(Hello);
        await EnqueueAsync(Hello with { Subject = "Hello again" });

        Assert.Equal(0, await DeliverAsync());
        Assert.All(await WaitingAsync(), mail => Assert.Equal(1, mail.Tries));
        Assert.All(await WaitingAsync(), mail => Assert.NotNull(mail.LastFailure));
        _server.Start();
        Assert.Equal(0, await DeliverAsync());
        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync();

        Assert.Equal(["Hello", "Hello again"], _server.Received.Select(mail => mail.Header("Subject")));
        Assert.Equal(1, _server.Connections);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task What_is_refused_for_a_day_is_tried_a_dozen_times_and_then_given_up_which_stands_in_Activities()
    {
        await StartAsync(new MailServer { RefusesRecipient = "550 5.1.1 nobody of that name" });
        await EnqueueAsync(Hello with { AccountId = _installation.Administrator.Actor.Id });
        var gone = TimeSpan.Zero;
        var tries = 0;
        while (await WaitingAsync() is [var waiting])
        {
            tries = waiting.Tries;
            Assert.InRange(gone, TimeSpan.Zero, TimeSpan.FromHours(25));
            await DeliverAsync();
            _installation.Clock.Advance(TimeSpan.FromMinutes(1));
            gone += TimeSpan.FromMinutes(1);
        }

        Assert.InRange(gone, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        Assert.InRange(tries, 10, 15);
        Assert.Empty(_server.Received);
        var activities = await _installation.Get<Activities>().ListAsync(Actor.System, new ActivityFilter(), 1, CancellationToken.None);
        var given = Assert.Single(activities);
        Assert.Equal((JournalKind.MailGivenUp, "Hello"), (given.Kind, given.Subject));
        Assert.Equal(_installation.Administrator.Actor.Id.ToString(), given.ResourceId);
        var changes = await _installation.Get<Activities>().ChangesAsync(Actor.System, given.Id, CancellationToken.None);
        Assert.Equal("The mail server answered 550 5.1.1 nobody of that name", Assert.Single(changes).After);
    }

    [Fact]
    public async Task A_server_that_closes_is_told_by_its_own_words()
    {
        await StartAsync(new MailServer { RefusesConnection = "421 4.3.2 closing for the night" });
        await EnqueueAsync(Hello);

        await DeliverAsync();

        Assert.Contains("421 4.3.2 closing for the night", Assert.Single(await WaitingAsync()).LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_STARTTLS_is_asked_for_and_not_offered_nothing_is_sent_and_no_password_either()
    {
        await StartAsync(
            new MailServer { Account = ("iam", "secret") },
            options => (options.Security, options.UserName, options.Password) = (MailSecurity.StartTls, "iam", "secret")
        );
        await EnqueueAsync(Hello);

        Assert.Equal(0, await DeliverAsync());

        Assert.Empty(_server.Received);
        Assert.Contains("does not offer STARTTLS", Assert.Single(await WaitingAsync()).LastFailure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Encrypted_mail_goes_only_to_a_server_whose_certificate_is_believed(MailSecurity security)
    {
        var server = new MailServer
        {
            OffersStartTls = true,
            IsEncrypted = security == MailSecurity.Tls,
            Account = ("iam", "secret"),
        };
        var believed = false;
        await StartAsync(
            server,
            options =>
            {
                (options.Security, options.UserName, options.Password) = (security, "iam", "secret");
                options.CheckCertificate = (_, certificate, _, errors) =>
                    errors == System.Net.Security.SslPolicyErrors.None
                    || (believed && SHA256.HashData(certificate!.GetRawCertData()).SequenceEqual(server.Fingerprint));
            }
        );
        await EnqueueAsync(Hello);

        await DeliverAsync();
        Assert.Empty(_server.Received);
        Assert.StartsWith("There is no encrypted connection", Assert.Single(await WaitingAsync()).LastFailure, StringComparison.Ordinal);
        believed = true;
        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync();

        var mail = Assert.Single(_server.Received);
        Assert.Equal((true, "iam"), (mail.WasEncrypted, mail.UserName));
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_one()
    {
        await StartAsync(
            new MailServer { Account = ("iam", "secret") },
            options => (options.UserName, options.Password) = ("iam", "guessed")
        );
        await EnqueueAsync(Hello);

        await DeliverAsync();

        var failure = Assert.Single(await WaitingAsync()).LastFailure!;
        Assert.Contains("refused user name and password", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("guessed", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contoso\r\nBcc: eve@evil.example")]
    [InlineData("Contoso\nBcc: eve@evil.example\n\nSend money")]
    [InlineData("Contoso\r Bcc: eve@evil.example")]
    [InlineData("Contoso\u0085Bcc: eve@evil.example")]
    public async Task A_subject_makes_no_header_and_no_recipient_of_its_own(string subject)
    {
        await StartAsync(new MailServer());
        await EnqueueAsync(Hello with { Subject = subject });

        await DeliverAsync();

        var mail = Assert.Single(_server.Received);
        Assert.Equal(["bob@example.com"], mail.Recipients);
        Assert.DoesNotContain(mail.Headers, header => header.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith("How are you?", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob@example.com\r\nRCPT TO:<eve@evil.example>")]
    [InlineData("bob@example.com, eve@evil.example")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("bob@example.com> SIZE=1\r\nRCPT TO:<eve@evil.example")]
    [InlineData("bob")]
    [InlineData("")]
    public async Task What_is_not_one_plain_address_gets_no_mail(string address)
    {
        await StartAsync(new MailServer());

        Assert.False(await EnqueueAsync(Hello with { Address = address }));

        await DeliverAsync();
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task Without_settings_nothing_is_queued()
    {
        await _installation.InitializeAsync();

        Assert.False(_installation.Get<MailOutbox>().IsSetUp);
        Assert.False(await EnqueueAsync(Hello));
        Assert.Empty(await WaitingAsync());
        var test = await _installation.Get<AdministratorMail>().SendTestAsync(_installation.Administrator.Actor, CancellationToken.None);
        Assert.Equal(RefusalKind.PrerequisiteMissing, Installation.Refused(test).Kind);
    }

    [Fact]
    public async Task Mail_to_the_administrators_leaves_out_who_cannot_sign_in_and_everybody_else()
    {
        await StartAsync(new MailServer());
        await AddAsync("eve@example.com", user => user.Kind = AccountKind.Technician);
        await AddAsync("kim@example.com", user => user.Blocked = true);
        await AddAsync("zoe@example.com", _ => { });

        await _installation
            .Get<IWritePath>()
            .RunAsync(scope => _installation.Get<AdministratorMail>().EnqueueAsync(scope, "Hello", "All of you"), CancellationToken.None);
        await DeliverAsync();

        var recipients = _server.Received.Select(mail => Assert.Single(mail.Recipients)).Order(StringComparer.Ordinal);
        Assert.Equal([Installation.AdministratorEmail, "zoe@example.com"], recipients);
    }

    [Fact]
    public async Task A_test_mail_is_for_system_administrators_and_goes_to_themselves()
    {
        await StartAsync(new MailServer());
        var mail = _installation.Get<AdministratorMail>();
        var eve = await AddAsync("eve@example.com", user => user.Kind = AccountKind.Technician);

        var refused = await mail.SendTestAsync(new Actor(ActorKind.Administrator, eve, "Eve"), CancellationToken.None);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
            mail.SendTestAsync(new Actor(ActorKind.Provider, eve, "Eve"), CancellationToken.None)
        );
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(refused).Kind);
        Assert.Empty(_server.Received);
        var sent = await mail.SendTestAsync(_installation.Administrator.Actor, CancellationToken.None);

        Assert.Equal(Installation.AdministratorEmail, Installation.Done(sent));
        Assert.Equal([Installation.AdministratorEmail], Assert.Single(_server.Received).Recipients);
    }

    [Fact]
    public async Task A_mail_prints_neither_its_address_nor_its_text()
    {
        await _installation.InitializeAsync();

        Assert.Equal("Mail", Hello.ToString());
    }

    /// <param name="deliversByItself">Not in most tests, which look at what waits before it is sent.</param>
    private async Task StartAsync(MailServer server, Action<MailOptions>? more = null, bool deliversByItself = false)
    {
        _server = server.Start();
        _installation.Mail = options =>
        {
            (options.Host, options.Port, options.Security) = ("127.0.0.1", server.Port, MailSecurity.None);
            options.From = "NinjaIam <iam@example.com>";
            more?.Invoke(options);
        };
        await _installation.InitializeAsync();
        if (!deliversByItself)
        {
            await _installation.Get<MailDelivery>().StopAsync(CancellationToken.None);
        }
    }

    private Task<bool> EnqueueAsync(OutgoingMail mail) =>
        _installation
            .Get<IWritePath>()
            .RunAsync(scope => _installation.Get<MailOutbox>().EnqueueAsync(scope, mail), CancellationToken.None);

    private Task<int> DeliverAsync() => _installation.Get<MailDelivery>().DeliverDueAsync(CancellationToken.None);

    private async Task<List<QueuedMail>> WaitingAsync()
    {
        await using var database = _installation.Read();
        return await database.Mails.AsNoTracking().OrderBy(mail => mail.Id).ToListAsync();
    }

    private async Task<Guid> AddAsync(string email, Action<User> change)
    {
        var id = Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = email,
                        Email = email,
                        Password = Installation.AdministratorPassword,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        await _installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    change(await scope.Database.Users.SingleAsync(user => user.Id == id));
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );
        return id;
    }
}
