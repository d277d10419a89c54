using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class PasswordSignInTests : IAsyncLifetime
{
    private static readonly Origin Visitor = new(Actor.System, "request", "192.0.2.7", "Browser");

    private readonly Installation _installation = new() { HashesSlowly = true };

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("asvs-7.2.4")]
    public async Task The_right_password_starts_a_session()
    {
        var result = await TryAsync(Installation.AdministratorEmail.ToUpperInvariant(), Installation.AdministratorPassword);

        var session = Installation.SessionOf(result);
        Assert.Equal("Ada Lind", session.Name);
        Assert.NotNull(await _installation.Get<Sessions>().FindAsync(session.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData(Installation.AdministratorEmail)]
    [InlineData("nobody@example.com")]
    [Proves("asvs-6.3.8")]
    public async Task Known_and_unknown_accounts_answer_alike_and_wait_alike(string email)
    {
        var answers = new List<PasswordSignInResult>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            answers.Add(await TryAsync(email, "wrong password!"));
        }

        Assert.Equal(
            [
                new PasswordSignInResult.Wrong(),
                new PasswordSignInResult.Wrong(),
                new PasswordSignInResult.Wait(1),
                new PasswordSignInResult.Wait(1),
                new PasswordSignInResult.Wait(1),
            ],
            answers
        );
    }

    [Fact]
    [Proves("asvs-6.3.1")]
    public async Task The_wait_doubles_with_each_further_failure_and_ends_with_the_right_password()
    {
        var waits = new List<int>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            if (await TryAsync(Installation.AdministratorEmail, "wrong password!") is PasswordSignInResult.Wait { Seconds: var seconds })
            {
                waits.Add(seconds);
                _installation.Clock.Advance(TimeSpan.FromSeconds(seconds));
            }
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], waits);
        Assert.IsType<PasswordSignInResult.Right>(await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword));
        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync(Installation.AdministratorEmail, "wrong password!"));
    }

    [Fact]
    [Proves("asvs-6.2.8", "asvs-6.2.10", "asvs-11.4.2")]
    public async Task A_password_counts_exactly_as_it_was_chosen_however_long_ago()
    {
        var password = " Ünusual  TEAPOTS " + new string('x', 200) + "9";
        var wanted = new NewAdministrator
        {
            FullName = "Ben Roy",
            Email = "ben@example.com",
            Password = password,
        };
        Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(wanted, onlyAsFirst: false, Origin.Of(Actor.CommandLine), CancellationToken.None)
        );

        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync("ben@example.com", password.Trim()));
        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync("ben@example.com", password[..^1]));
        _installation.Clock.Advance(TimeSpan.FromDays(3_650));
        Assert.IsType<PasswordSignInResult.Right>(await TryAsync("ben@example.com", password));
        await using var database = _installation.Read();
        var hash = Convert.FromBase64String((await database.Users.SingleAsync(user => user.UserName == "ben@example.com")).PasswordHash!);
        // Identity's third format: SHA-512 by number 2, then the rounds.
        Assert.Equal(1, hash[0]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 210_000);
    }

    [Fact]
    public async Task Guesses_from_one_address_do_not_keep_the_owner_out_at_another()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await TryAsync(Installation.AdministratorEmail, "wrong password!");
        }

        var elsewhere = Visitor with { Address = "198.51.100.1" };
        var result = await _installation
            .Get<PasswordSignIn>()
            .TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword, elsewhere, CancellationToken.None);

        Assert.IsType<PasswordSignInResult.Right>(result);
    }

    [Fact]
    public async Task Identity_does_not_save_an_account_that_was_deactivated_since_it_was_read()
    {
        await using var services = _installation.Services.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<UserManager<User>>();
        var seen = await users.FindByNameAsync(Installation.AdministratorEmail) ?? throw new InvalidOperationException("No administrator.");
        await _installation
            .Get<IWritePath>()
            .RunAsync(
                async scope =>
                {
                    (await scope.Database.Users.SingleAsync()).Active = false;
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            );

        var result = await users.AccessFailedAsync(seen);

        Assert.Equal(nameof(IdentityErrorDescriber.ConcurrencyFailure), Assert.Single(result.Errors).Code);
        await using var database = _installation.Read();
        var stored = await database.Users.SingleAsync();
        Assert.False(stored.Active);
        Assert.Equal(0, stored.AccessFailedCount);
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_until_the_right_one()
    {
        await TryAsync(Installation.AdministratorEmail, "wrong password!");
        await TryAsync(Installation.AdministratorEmail, "wrong password!");
        await _installation.Get<FailedSignIns>().FlushAsync(CancellationToken.None);
        var counted = await FailuresAsync();
        await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword);
        await _installation.Get<FailedSignIns>().FlushAsync(CancellationToken.None);

        Assert.Equal((2, 0), (counted, await FailuresAsync()));
    }

    [Fact]
    public async Task A_wrong_password_that_is_not_counted_yet_is_counted_before_the_program_ends()
    {
        await TryAsync(Installation.AdministratorEmail, "wrong password!");

        await _installation.Get<FailedSignIns>().StopAsync(CancellationToken.None);

        Assert.Equal(1, await FailuresAsync());
    }

    [Fact]
    public async Task A_count_that_could_not_be_written_is_kept_and_adds_up()
    {
        Exception? failure = new InvalidOperationException("The disk is full.");
        using var failures = new FailedSignIns(
            new BreakableWritePath(_installation.Get<IWritePath>(), () => failure),
            NullLogger<FailedSignIns>.Instance
        );
        var account = _installation.Administrator.Actor.Id!.Value;

        failures.Count(account);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failures.FlushAsync(CancellationToken.None));
        failures.Count(account);
        failure = null;
        await failures.FlushAsync(CancellationToken.None);

        Assert.Equal(2, await FailuresAsync());
    }

    [Fact]
    public async Task Guesses_sent_at_once_are_looked_at_no_more_often_than_one_after_the_other()
    {
        const int Guesses = 12;
        using var passwords = new SlowPasswords(Guesses);
        var signIn = ActivatorUtilities.CreateInstance<PasswordSignIn>(_installation.Services, passwords);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, Guesses)
                .Select(_ => Task.Factory.StartNew(GuessAsync, default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap())
        );

        Assert.Equal(3, passwords.LookedAt);
        Assert.Equal(Enumerable.Repeat(new PasswordSignInResult.Wait(1), Guesses), answers);

        async Task<PasswordSignInResult> GuessAsync()
        {
            var answer = await signIn.TryAsync(Installation.AdministratorEmail, "wrong password!", Visitor, CancellationToken.None);
            passwords.Answered();
            return answer;
        }
    }

    [Fact]
    public async Task A_try_that_was_given_up_is_not_counted()
    {
        using var leaving = new CancellationTokenSource();
        await leaving.CancelAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                _installation
                    .Get<PasswordSignIn>()
                    .TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword, Visitor, leaving.Token)
            );
        }

        Assert.IsType<PasswordSignInResult.Right>(await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword));
    }

    [Fact]
    public async Task The_answer_to_a_wrong_password_does_not_wait_for_the_account_to_be_written()
    {
        var busy = new TaskCompletionSource<int>();
        var writing = _installation.Get<IWritePath>().RunAsync(_ => busy.Task, CancellationToken.None);

        var result = TryAsync(Installation.AdministratorEmail, "wrong password!");
        var first = await Task.WhenAny(result, Task.Delay(TimeSpan.FromSeconds(30)));
        busy.SetResult(0);
        await writing;

        Assert.Same(result, first);
        Assert.IsType<PasswordSignInResult.Wrong>(await result);
    }

    [Fact]
    [Proves("rule-58")]
    public async Task Who_may_not_sign_in_learns_why_by_the_right_password_only()
    {
        var second = Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Ben Roy",
                        Email = "ben@example.com",
                        Password = Installation.AdministratorPassword,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        Installation.Done(await _installation.Get<PersonAccess>().BlockAsync(second, _installation.Administrator, CancellationToken.None));

        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync("ben@example.com", "wrong password!"));
        Assert.Equal(
            new PasswordSignInResult.Right(new SignInStep.NoAccess(AccountStatus.Blocked)),
            await TryAsync("ben@example.com", Installation.AdministratorPassword)
        );
    }

    [Fact]
    [Proves("asvs-7.3.1", "asvs-7.3.2")]
    public async Task A_session_ends_an_hour_after_its_last_request_and_twelve_hours_after_its_start()
    {
        var sessions = _installation.Get<Sessions>();
        var idle = await SignInAsync();
        var busy = await SignInAsync();

        for (var minute = 0; minute < 59; minute += 30)
        {
            _installation.Clock.Advance(TimeSpan.FromMinutes(30));
            await sessions.SeenAsync(busy, CancellationToken.None);
        }

        Assert.Null(await sessions.FindAsync(idle, CancellationToken.None));
        Assert.NotNull(await sessions.FindAsync(busy, CancellationToken.None));
        for (var minute = 60; minute < 12 * 60; minute += 30)
        {
            _installation.Clock.Advance(TimeSpan.FromMinutes(30));
            await sessions.SeenAsync(busy, CancellationToken.None);
        }

        Assert.Null(await sessions.FindAsync(busy, CancellationToken.None));
    }

    [Fact]
    public async Task A_session_that_was_ended_is_not_found_any_more()
    {
        var session = await SignInAsync();

        await _installation.Get<Sessions>().EndAsync(session, _installation.Administrator, CancellationToken.None);

        Assert.Null(await _installation.Get<Sessions>().FindAsync(session, CancellationToken.None));
    }

    private async Task<int> FailuresAsync()
    {
        await using var database = _installation.Read();
        return (await database.Users.SingleAsync()).AccessFailedCount;
    }

    private Task<PasswordSignInResult> TryAsync(string email, string password) =>
        _installation.Get<PasswordSignIn>().TryAsync(email, password, Visitor, CancellationToken.None);

    private async Task<Guid> SignInAsync() =>
        Installation.SessionOf(await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword)).Id;

    /// <summary>Finds every password wrong, but not before each guess is either looked at or answered.</summary>
    private sealed class SlowPasswords(int guesses) : IPasswordHasher<User>, IDisposable
    {
        private readonly CountdownEvent _missing = new(guesses);
        private int _lookedAt;

        public int LookedAt => _lookedAt;

        public string HashPassword(User user, string password) => "";

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _lookedAt);
            _missing.Signal();
            Assert.True(_missing.Wait(TimeSpan.FromSeconds(30)), "A guess is missing.");
            return PasswordVerificationResult.Failed;
        }

        public void Answered()
        {
            if (!_missing.IsSet)
            {
                _missing.Signal();
            }
        }

        public void Dispose() => _missing.Dispose();
    }
}
