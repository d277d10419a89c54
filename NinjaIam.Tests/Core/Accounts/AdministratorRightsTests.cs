using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Core.Accounts;

/// <summary>Making and unmaking system administrators, and deleting people who are kept by hand.</summary>
public sealed class AdministratorRightsTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private Origin First => _installation.Administrator;

    private AdministratorRights Rights => _installation.Get<AdministratorRights>();

    private PersonRemoval Removal => _installation.Get<PersonRemoval>();

    [Fact]
    [Proves("rule-22")]
    public async Task Who_is_made_one_and_unmade_again_is_a_technician_without_a_role_and_signed_out()
    {
        var second = await AddAsync("ben@example.com");
        Installation.Done(await Rights.TakeAsync(IdOf(second), First, CancellationToken.None));
        var role = Installation.Done(
            await _installation
                .Get<RoleDirectory>()
                .CreateAsync(AccountKind.Technician, new RoleInput { Name = "Help desk" }, First, CancellationToken.None)
        );
        Installation.Done(await _installation.Get<RoleDirectory>().GiveAsync(IdOf(second), role, First, CancellationToken.None));
        var session = await SignInAsync(second);

        Installation.Done(await Rights.MakeAsync(IdOf(second), First, CancellationToken.None));

        Assert.Null(await _installation.Get<Sessions>().FindAsync(session, CancellationToken.None));
        Assert.Equal(AccountKind.SystemAdministrator, (await PersonAsync(second)).Person.Kind);
        Installation.Done(await Rights.TakeAsync(IdOf(second), First, CancellationToken.None));
        var person = (await PersonAsync(second)).Person;
        Assert.Equal((AccountKind.Technician, true), (person.Kind, person.LacksRole));
    }

    [Fact]
    [Proves("rule-2", "rule-22", "asvs-8.2.1", "asvs-8.3.2")]
    public async Task Nobody_makes_themselves_or_anybody_one_without_being_one()
    {
        var second = await AddAsync("ben@example.com");
        Installation.Done(await Rights.TakeAsync(IdOf(second), First, CancellationToken.None));

        foreach (
            var outcome in new[]
            {
                await Rights.MakeAsync(IdOf(second), second, CancellationToken.None),
                await Rights.TakeAsync(IdOf(First), second, CancellationToken.None),
                await Removal.DeleteAsync(IdOf(First), second, CancellationToken.None),
            }
        )
        {
            Assert.Equal(RefusalKind.NotAllowed, Installation.Refused(outcome).Kind);
        }

        Assert.Equal(AccountKind.Technician, (await PersonAsync(second)).Person.Kind);
    }

    [Fact]
    public async Task Who_may_not_sign_in_is_not_made_one()
    {
        var second = await AddAsync("ben@example.com");
        Installation.Done(await Rights.TakeAsync(IdOf(second), First, CancellationToken.None));
        Installation.Done(await _installation.Get<PersonAccess>().BlockAsync(IdOf(second), First, CancellationToken.None));

        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Rights.MakeAsync(IdOf(second), First, CancellationToken.None)).Kind
        );
    }

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (var one in (string[])["take", "delete", "block"])
        {
            foreach (var other in (string[])["take", "delete", "block"])
            {
                ways.Add(one, other);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Proves("rule-52", "asvs-15.4.2")]
    public async Task Of_two_who_take_the_access_from_each_other_one_is_refused(string one, string other)
    {
        var second = await AddAsync("ben@example.com");

        var answers = await Task.WhenAll(EndAsync(one, second, First), EndAsync(other, First, second));

        Assert.Single(answers, answer => answer.IsRefused);
        await using var database = _installation.Read();
        Assert.Equal(
            1,
            await database.Users.CountAsync(user => user.Kind == AccountKind.SystemAdministrator && !user.Blocked && user.DeletedAt == null)
        );
    }

    [Fact]
    [Proves("rule-52")]
    public async Task Of_the_last_two_who_demote_each_other_at_once_exactly_one_succeeds_a_thousand_times()
    {
        var both = new[] { First, await AddAsync("ben@example.com") };
        for (var race = 0; race < 1_000; race++)
        {
            var answers = await Task.WhenAll(EndAsync("take", both[1], both[0]), EndAsync("take", both[0], both[1]));

            Assert.Single(answers, answer => answer.IsRefused);
            var demoted = answers[0].IsRefused ? 0 : 1;
            Installation.Done(await Rights.MakeAsync(IdOf(both[demoted]), Origin.Of(Actor.CommandLine), CancellationToken.None));

            // Taking the right away ended the sign-in.
            both[demoted] = await SignedIn.AsAsync(_installation.Services, IdOf(both[demoted]), "Anybody");
        }
    }

    [Theory]
    [InlineData("take")]
    [InlineData("delete")]
    [InlineData("block")]
    [Proves("rule-52")]
    public async Task The_last_one_stays_whoever_asks(string way)
    {
        var refused = Installation.Refused(await EndAsync(way, First, Origin.Of(Actor.CommandLine)));

        Assert.Equal("This is the last system administrator who can sign in. Make somebody else one first.", refused.Detail);
    }

    [Fact]
    [Proves("rule-51")]
    public async Task Who_was_deleted_by_hand_is_brought_back_within_thirty_days_with_the_same_password()
    {
        var second = await AddAsync("ben@example.com");
        var session = await SignInAsync(second);

        Installation.Done(await Removal.DeleteAsync(IdOf(second), First, CancellationToken.None));

        Assert.Null(await _installation.Get<Sessions>().FindAsync(session, CancellationToken.None));
        Assert.Equal(AccountStatus.Inactive, (await PersonAsync(second)).Person.Status);
        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync("ben@example.com"));
        _installation.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Installation.Done(await Removal.RestoreAsync(IdOf(second), First, CancellationToken.None));
        Assert.IsType<PasswordSignInResult.Right>(await TryAsync("ben@example.com"));
    }

    [Fact]
    public async Task After_thirty_days_or_when_the_name_was_given_away_nobody_is_brought_back()
    {
        var (ben, cid) = (await AddAsync("ben@example.com"), await AddAsync("cid@example.com"));
        Installation.Done(await Removal.DeleteAsync(IdOf(ben), First, CancellationToken.None));
        await AddAsync("ben@example.com");
        Installation.Done(await Removal.DeleteAsync(IdOf(cid), First, CancellationToken.None));

        Assert.Equal(
            RefusalKind.AlreadyTaken,
            Installation.Refused(await Removal.RestoreAsync(IdOf(ben), First, CancellationToken.None)).Kind
        );
        _installation.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(
            RefusalKind.NotAllowed,
            Installation.Refused(await Removal.RestoreAsync(IdOf(cid), First, CancellationToken.None)).Kind
        );
    }

    private Task<Outcome<Completed>> EndAsync(string way, Origin whose, Origin by) =>
        way switch
        {
            "take" => Rights.TakeAsync(IdOf(whose), by, CancellationToken.None),
            "delete" => Removal.DeleteAsync(IdOf(whose), by, CancellationToken.None),
            _ => _installation.Get<PersonAccess>().BlockAsync(IdOf(whose), by, CancellationToken.None),
        };

    private async Task<Origin> AddAsync(string email)
    {
        var id = Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Ben Roy",
                        Email = email,
                        Password = Installation.AdministratorPassword,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        return Origin.Of(new Actor(ActorKind.Administrator, id, "Ben Roy"));
    }

    private async Task<Guid> SignInAsync(Origin whose) =>
        (await _installation.Get<Sessions>().StartAsync(IdOf(whose), First, CancellationToken.None))!.Id;

    private Task<PasswordSignInResult> TryAsync(string email) =>
        _installation.Get<PasswordSignIn>().TryAsync(email, Installation.AdministratorPassword, First, CancellationToken.None);

    private async Task<PersonDetails> PersonAsync(Origin whose) =>
        (await _installation.Get<People>().FindAsync(Actor.System, IdOf(whose), CancellationToken.None))!;

    private static Guid IdOf(Origin origin) => origin.Actor.Id!.Value;
}
