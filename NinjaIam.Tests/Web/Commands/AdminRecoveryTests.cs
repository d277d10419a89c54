using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Web.Commands;

/// <summary>The way back in from the host, while the portal runs.</summary>
public sealed class AdminRecoveryTests : IAsyncLifetime
{
    private readonly Installation _installation = new() { SecondFactor = SecondFactorRule.Required };

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-43")]
    public async Task Reset_mfa_lets_an_administrator_set_up_a_new_second_factor_and_is_in_the_journal()
    {
        var pending = Assert.IsType<SignInStep.SetUp>(await NextAsync()).Pending;
        var steps = _installation.Get<SignInSteps>();
        var app = new AuthenticatorApp(Installation.Done(await steps.NewFactorAsync(pending, CancellationToken.None)).Key);
        var code = app.CodeAt(_installation.Clock.GetUtcNow());
        var done = Installation.Done(await steps.WithNewFactorAsync(pending, code, Origin.Of(Actor.System), CancellationToken.None));
        await using var terminal = new RecordedTerminal();

        var exitCode = await RunAsync(terminal, "reset-mfa", " ADA@example.com");

        Assert.Equal(CommandLine.Success, exitCode);
        Assert.Contains("is reset", Assert.Single(terminal.Lines), StringComparison.Ordinal);
        Assert.Null(await _installation.Get<Sessions>().FindAsync(done.Session.Id, CancellationToken.None));
        Assert.IsType<SignInStep.SetUp>(await NextAsync());
        await using var database = _installation.Read();
        var row = await database.Set<JournalRow>().SingleAsync(row => row.Kind == JournalKind.SecondFactorReset);
        Assert.Equal(ActorKind.CommandLine, row.ActorKind);
    }

    [Fact]
    public async Task Unlock_lifts_a_block()
    {
        var user = _installation.Administrator.Actor.Id!.Value;
        await new SampleDirectory(_installation).ChangePersonAsync(user, person => person.Blocked = true);
        Assert.IsType<SignInStep.NoAccess>(await NextAsync());
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Success, await RunAsync(terminal, "unlock", Installation.AdministratorEmail));

        Assert.IsType<SignInStep.SetUp>(await NextAsync());
    }

    [Theory]
    [InlineData("reset-mfa", "nobody@example.com", "There is no system administrator who signs in as nobody@example.com.")]
    [InlineData("unlock", "nobody@example.com", "There is no system administrator who signs in as nobody@example.com.")]
    [InlineData("reset-mfa", Installation.AdministratorEmail, "This person has no second factor.")]
    public async Task What_cannot_be_done_is_said(string command, string email, string said)
    {
        await using var terminal = new RecordedTerminal();

        Assert.Equal(CommandLine.Failed, await RunAsync(terminal, command, email));

        Assert.Contains(said, terminal.Errors);
    }

    private Task<int> RunAsync(RecordedTerminal terminal, string command, string email) =>
        terminal.RunAsync("", "admin", command, "--email", email, "--data", _installation.DataDirectory);

    private async Task<SignInStep> NextAsync() =>
        Assert
            .IsType<PasswordSignInResult.Right>(
                await _installation
                    .Get<PasswordSignIn>()
                    .TryAsync(
                        Installation.AdministratorEmail,
                        Installation.AdministratorPassword,
                        Origin.Of(Actor.System),
                        CancellationToken.None
                    )
            )
            .Next;
}
