using System.Text;
using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Mail;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class InvitationsTests : IAsyncLifetime
{
    private static readonly NewPassword Password = new("correct horse battery");

    private readonly Installation _installation = new();

    private Invitations Invitations => _installation.Get<Invitations>();

    private ManualPeople Manual => _installation.Get<ManualPeople>();

    private SampleDirectory Directory => new(_installation);

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-47")]
    public async Task Who_accepts_has_a_password_and_signs_in_with_it()
    {
        var invitation = await InviteAsync();
        var opened = await Invitations.FindAsync(TokenOf(invitation), CancellationToken.None);
        Assert.Equal((InvitationState.Pending, "Bob Berg", "bob@example.com"), (opened.State, opened.Name, opened.UserName));

        var id = Installation.Done(await AcceptAsync(invitation));

        Assert.Equal(invitation.AccountId, id);
        var person = await FindAsync(id);
        Assert.Equal(
            (AccountStatus.Active, InvitationState.Accepted, AuthenticationKind.LocalPassword, false),
            (person.Person.Status, person.Person.Invitation, person.Authentication, person.CanBeInvited)
        );
        var signedIn = await _installation
            .Get<PasswordSignIn>()
            .TryAsync("bob@example.com", Password.Text, Origin.Of(Actor.System), CancellationToken.None);
        Assert.IsType<PasswordSignInResult.Right>(signedIn);
        var accepted = await _installation
            .Get<Activities>()
            .ListAsync(Actor.System, new ActivityFilter { ResourceId = id.ToString("D") }, 10, CancellationToken.None);
        Assert.Contains(accepted, entry => entry is { Kind: JournalKind.InvitationAccepted, ActorName: "Bob Berg" });
    }

    [Fact]
    [Proves("rule-47", "asvs-6.4.1")]
    public async Task It_ends_after_24_hours_to_the_second()
    {
        var invitation = await InviteAsync();
        Assert.Equal(_installation.Clock.GetUtcNow().AddHours(24), invitation.ExpiresAt);
        await EndAsync(invitation, TimeSpan.FromSeconds(1));
        Assert.Equal(InvitationState.Pending, await StateAsync(invitation));

        _installation.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(InvitationState.Expired, await StateAsync(invitation));
        Assert.True((await AcceptAsync(invitation)).IsRefused);
        Assert.Equal(AccountStatus.InvitationExpired, (await FindAsync(invitation.AccountId)).Person.Status);
    }

    [Fact]
    [Proves("rule-47")]
    public async Task A_new_one_ends_the_one_before_and_lasts_a_day_again()
    {
        var old = await InviteAsync();
        await EndAsync(old);

        var invitation = Installation.Done(await Manual.InviteAsync(old.AccountId, _installation.Administrator, CancellationToken.None));

        Assert.Equal(InvitationState.None, await StateAsync(old));
        Assert.True((await AcceptAsync(old)).IsRefused);
        Assert.Equal(AccountStatus.Invited, (await FindAsync(old.AccountId)).Person.Status);
        Installation.Done(await AcceptAsync(invitation));
    }

    [Fact]
    public async Task It_works_once_and_of_two_who_try_one_wins()
    {
        var invitation = await InviteAsync();

        var outcomes = await Task.WhenAll(AcceptAsync(invitation), AcceptAsync(invitation));

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.Equal(InvitationState.None, await StateAsync(invitation));
        Assert.Equal(
            "This person has chosen a password already.",
            Installation.Refused(await Manual.InviteAsync(invitation.AccountId, _installation.Administrator, CancellationToken.None)).Detail
        );
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("inactive")]
    [InlineData("deleted")]
    [InlineData("managed")]
    [InlineData("administrator")]
    public async Task Who_may_not_come_in_can_neither_accept_nor_be_invited(string state)
    {
        var invitation = await InviteAsync();
        var contoso = await Directory.AddProviderAsync();
        await Directory.ChangePersonAsync(
            invitation.AccountId,
            person =>
            {
                person.Blocked = state == "blocked";
                person.Active = state != "inactive";
                person.DeletedAt = state == "deleted" ? person.CreatedAt : null;
                person.ProviderId = state == "managed" ? contoso.Id : null;
                person.Kind = state == "administrator" ? AccountKind.SystemAdministrator : person.Kind;
            }
        );

        Assert.Equal(InvitationState.None, await StateAsync(invitation));
        Assert.True((await AcceptAsync(invitation)).IsRefused);
        var renewed = await Manual.InviteAsync(invitation.AccountId, _installation.Administrator, CancellationToken.None);
        Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(renewed).Kind);
        await using var database = _installation.Read();
        Assert.Null((await database.Users.SingleAsync(user => user.Id == invitation.AccountId)).PasswordHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("eleven char")]
    [Proves("asvs-6.2.1")]
    public async Task A_password_has_twelve_characters_or_more(string password)
    {
        var invitation = await InviteAsync();

        var refusal = Installation.Refused(
            await Invitations.AcceptAsync(TokenOf(invitation), new NewPassword(password), Origin.Of(Actor.System), CancellationToken.None)
        );

        Assert.Equal(nameof(NewPassword.Text), refusal.Field);
        Assert.Equal(InvitationState.Pending, await StateAsync(invitation));
    }

    [Fact]
    [Proves("asvs-6.4.1", "asvs-11.2.3", "asvs-11.5.1")]
    public async Task The_secret_has_256_bits_and_stands_nowhere_in_the_installation()
    {
        var (one, other) = (await InviteAsync(), await InviteAsync("eve@example.com"));

        Assert.Equal(43, TokenOf(one).Length);
        Assert.NotEqual(TokenOf(one), TokenOf(other));
        Assert.DoesNotContain(TokenOf(one), $"{one} {Password}", StringComparison.Ordinal);
        Assert.DoesNotContain(Password.Text, $"{one} {Password}", StringComparison.Ordinal);
        var secret = Encoding.UTF8.GetBytes(TokenOf(one));
        foreach (var file in new DirectoryInfo(_installation.DataDirectory).EnumerateFiles("*.db*"))
        {
            await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            Assert.True(content.ToArray().AsSpan().IndexOf(secret) < 0, file.Name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_secret_that_fits_nobody_opens_nothing(string token)
    {
        await InviteAsync();

        Assert.Equal(new OpenedInvitation(InvitationState.None), await Invitations.FindAsync(token, CancellationToken.None));
        Assert.True((await Invitations.AcceptAsync(token, Password, Origin.Of(Actor.System), CancellationToken.None)).IsRefused);
    }

    [Fact]
    public async Task Nobody_becomes_a_system_administrator_before_they_accepted()
    {
        var invitation = await InviteAsync();

        var refused = await _installation
            .Get<AdministratorRights>()
            .MakeAsync(invitation.AccountId, _installation.Administrator, CancellationToken.None);

        Assert.StartsWith(
            "This person has not accepted the invitation yet.",
            Installation.Refused(refused).Detail,
            StringComparison.Ordinal
        );
        Installation.Done(await AcceptAsync(invitation));
        Installation.Done(
            await _installation
                .Get<AdministratorRights>()
                .MakeAsync(invitation.AccountId, _installation.Administrator, CancellationToken.None)
        );
    }

    [Fact]
    [Proves("asvs-8.2.1", "asvs-8.3.1", "asvs-2.2.2")]
    public async Task Only_a_system_administrator_invites()
    {
        var invitation = await InviteAsync();
        var origin = Origin.Of(new Actor(ActorKind.Administrator, invitation.AccountId, "Bob"));

        var refusal = Installation.Refused(await Manual.InviteAsync(invitation.AccountId, origin, CancellationToken.None));

        Assert.Equal("Only a system administrator may do this.", refusal.Detail);
        Assert.Equal(InvitationState.Pending, await StateAsync(invitation));
    }

    [Fact]
    public async Task Lists_find_people_by_what_became_of_their_invitation()
    {
        var expired = await InviteAsync("old@example.com");
        await EndAsync(expired);
        var accepted = await InviteAsync("accepted@example.com");
        Installation.Done(await AcceptAsync(accepted));
        var blocked = await InviteAsync("blocked@example.com");
        await Directory.ChangePersonAsync(blocked.AccountId, person => person.Blocked = true);
        var pending = await InviteAsync("new@example.com");

        Assert.Equal([pending.AccountId], await ListAsync(AccountStatus.Invited));
        Assert.Equal([expired.AccountId], await ListAsync(AccountStatus.InvitationExpired));
        Assert.Equal([blocked.AccountId], await ListAsync(AccountStatus.Blocked));
        Assert.Equal([accepted.AccountId, _installation.Administrator.Actor.Id!.Value], await ListAsync(AccountStatus.Active));
    }

    [Fact]
    public async Task Where_mail_is_set_up_it_brings_the_link_and_nobody_else_sees_it()
    {
        var mail = _installation.Get<Microsoft.Extensions.Options.IOptions<MailOptions>>().Value;
        (mail.Host, mail.Port, mail.From, mail.Security) = ("127.0.0.1", 9, "iam@example.com", MailSecurity.None);

        var invitation = await InviteAsync();

        Assert.True(invitation.IsMailed);
        await using var database = _installation.Read();
        var queued = Assert.Single(await database.Set<QueuedMail>().ToListAsync());
        Assert.Equal(("bob@example.com", invitation.AccountId), (queued.Address, queued.AccountId));
        Assert.Contains($"https://iam.example.com{invitation.Path}", queued.Text, StringComparison.Ordinal);
        Assert.StartsWith("Hello Bob Berg,", queued.Text, StringComparison.Ordinal);
    }

    private static string TokenOf(Invitation invitation) => invitation.Path[Invitations.Path.Length..];

    private async Task<Invitation> InviteAsync(string email = "bob@example.com") =>
        Installation.Done(
            await Manual.AddAsync(
                new NewPerson
                {
                    GivenName = "Bob",
                    FamilyName = "Berg",
                    Email = email,
                    Kind = AccountKind.Technician,
                },
                _installation.Administrator,
                CancellationToken.None
            )
        );

    /// <summary>Lets an invitation end sooner. Waiting a day for it would be a day of everything that looks at the clock.</summary>
    private Task EndAsync(Invitation invitation, TimeSpan left = default) =>
        Directory.ChangePersonAsync(invitation.AccountId, person => person.InvitationExpiresAt = _installation.Clock.GetUtcNow() + left);

    private Task<Outcome<Guid>> AcceptAsync(Invitation invitation) =>
        Invitations.AcceptAsync(TokenOf(invitation), Password, Origin.Of(Actor.System), CancellationToken.None);

    private async Task<InvitationState> StateAsync(Invitation invitation) =>
        (await Invitations.FindAsync(TokenOf(invitation), CancellationToken.None)).State;

    private async Task<PersonDetails> FindAsync(Guid id) =>
        await _installation.Get<People>().FindAsync(Actor.System, id, CancellationToken.None) ?? throw new InvalidOperationException();

    private async Task<IEnumerable<Guid>> ListAsync(AccountStatus status) =>
        (
            await _installation
                .Get<People>()
                .ListAsync(Actor.System, new PeopleFilter { Status = status }, new PageRequest(0, 50), CancellationToken.None)
        ).Items.Select(person => person.Id);
}
