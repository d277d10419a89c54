using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Accounts.Factors;

/// <summary>Codes of the authenticator app and recovery codes, from the first sign-in to the reset.</summary>
public sealed class SecondFactorTests : IAsyncLifetime
{
    private const string Password = Installation.AdministratorPassword;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly Origin Visitor = Origin.Of(Actor.System) with { Address = "192.0.2.7" };

    private readonly Installation _installation = new() { SecondFactor = SecondFactorRule.Required };

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    [Proves("rule-43", "asvs-6.3.3")]
    public async Task A_system_administrator_sets_a_second_factor_up_before_anything_else()
    {
        var pending = Assert.IsType<SignInStep.SetUp>(await NextAsync()).Pending;
        var app = await ScanAsync(pending);

        var wrong = await Steps.WithNewFactorAsync(pending, "000000", Visitor, CancellationToken.None);
        var done = Installation.Done(await Steps.WithNewFactorAsync(pending, CodeOf(app), Visitor, CancellationToken.None));

        Assert.Equal(SecondFactors.Code, wrong.RefusalOrNull()?.Field);
        Assert.Equal(10, done.RecoveryCodes.Codes.Distinct().Count());
        Assert.NotNull(await _installation.Get<Sessions>().FindAsync(done.Session.Id, CancellationToken.None));
        Assert.IsType<SignInStep.AskCode>(await NextAsync());
        // Nobody replaces a factor with a password alone.
        Assert.True((await Steps.NewFactorAsync(pending, CancellationToken.None)).IsRefused);
        Assert.True((await Steps.WithNewFactorAsync(pending, CodeOf(app), Visitor, CancellationToken.None)).IsRefused);
    }

    [Fact]
    public async Task The_key_that_was_shown_is_shown_again_until_it_counts()
    {
        var pending = Assert.IsType<SignInStep.SetUp>(await NextAsync()).Pending;

        var first = Installation.Done(await Steps.NewFactorAsync(pending, CancellationToken.None));
        var again = Installation.Done(await Steps.NewFactorAsync(pending, CancellationToken.None));

        Assert.Equal(first.Key, again.Key);
        Assert.StartsWith("otpauth://totp/NinjaIam:ada%40example.com?secret=", first.Address, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("asvs-6.5.1", "asvs-6.5.5")]
    public async Task A_code_works_once_and_for_one_step_before_and_after()
    {
        var (app, _) = await SetUpAsync();
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;

        // The one that set the factor up is used.
        Assert.Contains("used already", await RefusalAsync(pending, CodeOf(app)), StringComparison.Ordinal);
        _installation.Clock.Advance(2 * Step);
        var next = CodeOf(app);
        Assert.Null(await RefusalAsync(pending, next));
        Assert.Contains("used already", await RefusalAsync(pending, next), StringComparison.Ordinal);

        _installation.Clock.Advance(10 * Step);
        var now = _installation.Clock.GetUtcNow();
        Assert.Contains("wrong", await RefusalAsync(pending, app.CodeAt(now - (2 * Step))), StringComparison.Ordinal);
        Assert.Null(await RefusalAsync(pending, app.CodeAt(now - Step)));
        Assert.Contains("wrong", await RefusalAsync(pending, app.CodeAt(now + (2 * Step))), StringComparison.Ordinal);
        Assert.Null(await RefusalAsync(pending, app.CodeAt(now + Step)));
        // What came after it was used: no going back.
        Assert.Contains("used already", await RefusalAsync(pending, app.CodeAt(now)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_send_the_same_code_at_once_one_is_let_in()
    {
        var (app, _) = await SetUpAsync();
        _installation.Clock.Advance(2 * Step);
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;
        var code = CodeOf(app);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Steps.WithCodeAsync(pending, code, Visitor, CancellationToken.None))
        );

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
    }

    [Fact]
    [Proves("asvs-6.5.1")]
    public async Task A_recovery_code_works_once_however_it_is_typed_and_is_noted()
    {
        var (_, codes) = await SetUpAsync();
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;

        Assert.Null(await RefusalAsync(pending, $" {codes[0].ToUpperInvariant().Replace('-', ' ')} "));
        Assert.Contains("used already", await RefusalAsync(pending, codes[0]), StringComparison.Ordinal);
        Assert.Contains("wrong", await RefusalAsync(pending, "abcdef-abcdef-abcdef-abcdef"), StringComparison.Ordinal);

        var id = _installation.Administrator.Actor.Id!.Value;
        Assert.Equal(9, (await Factors.StateAsync(id, CancellationToken.None)).RecoveryCodes);
        await using var database = _installation.Read();
        Assert.Equal(1, await database.Set<JournalRow>().CountAsync(row => row.Kind == JournalKind.RecoveryCodeUsed));
    }

    [Fact]
    [Proves("asvs-6.3.1")]
    public async Task Guessing_codes_is_slow_from_wherever_and_a_right_password_in_between_changes_nothing()
    {
        var (app, _) = await SetUpAsync();
        var looked = 0;
        for (var guess = 0; guess < 10_000; guess++)
        {
            if (guess % 2_000 == 0)
            {
                await NextAsync();
            }

            var from = Visitor with { Address = $"192.0.2.{guess % 250}" };
            var refusal = (await Factors.VerifyAsync(Ada, $"{guess:D6}", from, CancellationToken.None)).RefusalOrNull();
            looked += refusal!.Detail.StartsWith("Wait", StringComparison.Ordinal) ? 0 : 1;
        }

        Assert.InRange(looked, 1, 3);
        _installation.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await Factors.VerifyAsync(Ada, CodeOf(app), Visitor, CancellationToken.None)).RefusalOrNull());
    }

    [Fact]
    [Proves("asvs-6.5.2", "asvs-6.5.3")]
    public async Task Keys_and_codes_are_not_in_the_database_in_clear_text()
    {
        var pending = Assert.IsType<SignInStep.SetUp>(await NextAsync()).Pending;
        var key = Installation.Done(await Steps.NewFactorAsync(pending, CancellationToken.None)).Key;
        var app = new AuthenticatorApp(key);
        var done = Installation.Done(await Steps.WithNewFactorAsync(pending, CodeOf(app), Visitor, CancellationToken.None));

        var bytes = OtpNet.Base32Encoding.ToBytes(key.Replace(" ", "", StringComparison.Ordinal));
        var code = done.RecoveryCodes.Codes[0];
        foreach (var file in Directory.GetFiles(_installation.DataDirectory, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            var content = copy.ToArray().AsSpan();
            Assert.Equal(-1, content.IndexOf(bytes));
            Assert.Equal(-1, content.IndexOf(System.Text.Encoding.ASCII.GetBytes(code)));
            Assert.Equal(-1, content.IndexOf(System.Text.Encoding.ASCII.GetBytes(code.Replace("-", "", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task A_step_up_asks_whoever_has_a_second_factor_for_a_code_and_not_for_the_password()
    {
        var (app, _) = await SetUpAsync();
        _installation.Clock.Advance(2 * Step);
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;
        var session = Installation.Done(await Steps.WithCodeAsync(pending, CodeOf(app), Visitor, CancellationToken.None));
        var origin = Origin.Of(new Actor(ActorKind.Administrator, session.AccountId, session.Name)) with { SessionId = session.Id };
        var check = _installation.Get<StepUpCheck>();
        Assert.Equal(StepUpWay.NotNeeded, await check.WayAsync(origin, CancellationToken.None));

        _installation.Clock.Advance(StepUpGuard.Lasts);

        Assert.Equal(StepUpWay.Code, await check.WayAsync(origin, CancellationToken.None));
        Assert.Equal(
            RefusalKind.StepUpRequired,
            (await Factors.ReplaceRecoveryCodesAsync(origin, CancellationToken.None)).RefusalOrNull()?.Kind
        );
        Assert.True((await check.ConfirmAsync(Password, origin, CancellationToken.None)).IsRefused);
        Assert.False((await check.ConfirmAsync(CodeOf(app), origin, CancellationToken.None)).IsRefused);
        Assert.Equal(10, Installation.Done(await Factors.ReplaceRecoveryCodesAsync(origin, CancellationToken.None)).Codes.Count);
    }

    [Fact]
    [Proves("rule-43")]
    public async Task A_reset_ends_sessions_and_lets_the_person_set_up_a_new_one()
    {
        var (app, codes) = await SetUpAsync();
        _installation.Clock.Advance(2 * Step);
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;
        var session = Installation.Done(await Steps.WithCodeAsync(pending, CodeOf(app), Visitor, CancellationToken.None));

        Installation.Done(await Factors.ResetAsync(Ada, Origin.Of(Actor.CommandLine), CancellationToken.None));

        Assert.Null(await _installation.Get<Sessions>().FindAsync(session.Id, CancellationToken.None));
        Assert.Equal(new SecondFactorState(null, 0), await Factors.StateAsync(Ada, CancellationToken.None));
        Assert.True((await Steps.WithCodeAsync(pending, codes[0], Visitor, CancellationToken.None)).IsRefused);
        Assert.IsType<SignInStep.SetUp>(await NextAsync());
    }

    [Fact]
    [Proves("rule-42")]
    public async Task A_second_factor_at_the_identity_provider_counts_for_technicians_and_never_for_a_step_up()
    {
        var directory = new SampleDirectory(_installation);
        var technician = await directory.AddPersonAsync(
            "tess@example.com",
            change: user => (user.Kind, user.TwoFactorEnabled) = (AccountKind.Technician, true)
        );
        const FirstFactor ByProvider = FirstFactor.IdentityProviderWithSecondFactor;

        var signedIn = Assert.IsType<SignInStep.SignedIn>(await Steps.AfterFirstAsync(technician, ByProvider, Visitor, default));
        Assert.IsType<SignInStep.AskCode>(
            await Steps.AfterFirstAsync(technician, FirstFactor.IdentityProvider, Visitor, CancellationToken.None)
        );
        var endUser = await directory.AddPersonAsync(
            "eva@example.com",
            change: user => (user.Kind, user.TwoFactorEnabled) = (AccountKind.EndUser, true)
        );
        Assert.IsType<SignInStep.AskCode>(await Steps.AfterFirstAsync(endUser, ByProvider, Visitor, CancellationToken.None));
        Assert.IsType<SignInStep.SetUp>(await Steps.AfterFirstAsync(Ada, ByProvider, Visitor, CancellationToken.None));

        var origin = Origin.Of(new Actor(ActorKind.Administrator, technician, "Tess")) with { SessionId = signedIn.Session.Id };
        Assert.Equal(StepUpWay.Code, await _installation.Get<StepUpCheck>().WayAsync(origin, CancellationToken.None));
    }

    [Fact]
    [Proves("asvs-6.4.3")]
    public async Task A_sign_in_that_waits_ends_when_the_person_is_blocked_meanwhile()
    {
        var (_, codes) = await SetUpAsync();
        var pending = Assert.IsType<SignInStep.AskCode>(await NextAsync()).Pending;
        var other = Installation.Done(
            await _installation
                .Get<Administrators>()
                .CreateAsync(
                    new NewAdministrator
                    {
                        FullName = "Grace Roy",
                        Email = "grace@example.com",
                        Password = Password,
                    },
                    onlyAsFirst: false,
                    Origin.Of(Actor.CommandLine),
                    CancellationToken.None
                )
        );
        var by = await SignedIn.AsAsync(_installation.Services, other, "Grace Roy");
        Installation.Done(await _installation.Get<PersonAccess>().BlockAsync(Ada, by, CancellationToken.None));

        var outcome = await Steps.WithCodeAsync(pending, codes[0], Visitor, CancellationToken.None);

        Assert.Equal(RefusalKind.NotAllowed, outcome.RefusalOrNull()?.Kind);
        Assert.Equal(10, (await Factors.StateAsync(Ada, CancellationToken.None)).RecoveryCodes);
    }

    private SignInSteps Steps => _installation.Get<SignInSteps>();

    private SecondFactors Factors => _installation.Get<SecondFactors>();

    private Guid Ada => _installation.Administrator.Actor.Id!.Value;

    private string CodeOf(AuthenticatorApp app) => app.CodeAt(_installation.Clock.GetUtcNow());

    private async Task<SignInStep> NextAsync() =>
        Assert
            .IsType<PasswordSignInResult.Right>(
                await _installation
                    .Get<PasswordSignIn>()
                    .TryAsync(Installation.AdministratorEmail, Password, Visitor, CancellationToken.None)
            )
            .Next;

    private async Task<AuthenticatorApp> ScanAsync(PendingSignIn pending) =>
        new(Installation.Done(await Steps.NewFactorAsync(pending, CancellationToken.None)).Key);

    private async Task<(AuthenticatorApp App, IReadOnlyList<string> Codes)> SetUpAsync()
    {
        var pending = Assert.IsType<SignInStep.SetUp>(await NextAsync()).Pending;
        var app = await ScanAsync(pending);
        var done = Installation.Done(await Steps.WithNewFactorAsync(pending, CodeOf(app), Visitor, CancellationToken.None));
        return (app, done.RecoveryCodes.Codes);
    }

    /// <summary>What is said about the code, or null when it is right; a wait is over before the next try.</summary>
    private async Task<string?> RefusalAsync(PendingSignIn pending, string code)
    {
        var refusal = (await Steps.WithCodeAsync(pending, code, Visitor, CancellationToken.None)).RefusalOrNull();
        return refusal?.Detail;
    }
}
