using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts;

public sealed class PasswordSignInTests : IAsyncLifetime
{
    private static readonly Origin Visitor = new(Actor.System, "request", "192.0.2.7", "Browser");

    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task The_right_password_starts_a_session()
    {
        var result = await TryAsync(Installation.AdministratorEmail.ToUpperInvariant(), Installation.AdministratorPassword);

        var session = Assert.IsType<PasswordSignInResult.SignedIn>(result).Session;
        Assert.Equal("Ada Lind", session.Name);
        Assert.NotNull(await _installation.Get<Sessions>().FindAsync(session.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData(Installation.AdministratorEmail)]
    [InlineData("nobody@example.com")]
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
        Assert.IsType<PasswordSignInResult.SignedIn>(await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword));
        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync(Installation.AdministratorEmail, "wrong password!"));
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

        Assert.IsType<PasswordSignInResult.SignedIn>(result);
    }

    [Fact]
    public async Task A_deactivation_that_happens_while_a_failed_sign_in_is_counted_is_not_undone()
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

        await _installation.Get<PasswordSignIn>().CountFailureAsync(users, seen, CancellationToken.None);

        await using var database = _installation.Read();
        var stored = await database.Users.SingleAsync();
        Assert.False(stored.Active);
        Assert.Equal(1, stored.AccessFailedCount);
    }

    [Fact]
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

    private Task<PasswordSignInResult> TryAsync(string email, string password) =>
        _installation.Get<PasswordSignIn>().TryAsync(email, password, Visitor, CancellationToken.None);

    private async Task<Guid> SignInAsync() =>
        Assert
            .IsType<PasswordSignInResult.SignedIn>(await TryAsync(Installation.AdministratorEmail, Installation.AdministratorPassword))
            .Session.Id;
}
