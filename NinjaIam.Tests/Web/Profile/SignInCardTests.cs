using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Profile;
using Xunit;

namespace NinjaIam.Tests.Web.Profile;

public sealed class SignInCardTests : AdministrationTestContext
{
    [Fact]
    public void A_second_factor_is_set_up_and_its_recovery_codes_are_shown_once()
    {
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());
        Assert.Contains("Not set up", card.Find(TestId("authenticator-since")).TextContent, StringComparison.Ordinal);

        card.Find(TestId("set-up-second-factor")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("go-on")));
        dialogs.Find(TestId("go-on")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("authenticator-key")));
        var app = new AuthenticatorApp(dialogs.Find(TestId("authenticator-key")).TextContent);
        dialogs.Find(TestId("first-code")).Input("123");
        dialogs.Find(TestId("go-on")).Click();
        dialogs.WaitForAssertion(() => Assert.Contains("Enter the six digits", dialogs.Markup, StringComparison.Ordinal));
        dialogs.Find(TestId("first-code")).Input(app.CodeAt(Time.GetUtcNow()));
        dialogs.Find(TestId("go-on")).Click();
        dialogs.WaitForAssertion(() => Assert.Equal(10, dialogs.FindAll($"{TestId("recovery-codes")} li").Count));
        dialogs.Find(TestId("codes-stored")).Click();

        card.WaitForAssertion(() =>
            Assert.Contains("10 left", card.Find(TestId("recovery-codes-left")).TextContent, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("recovery-codes\"", dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("asvs-6.2.2", "asvs-6.2.3", "asvs-7.4.3")]
    public async Task Another_password_ends_every_sign_in_and_the_old_one_is_wrong()
    {
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());

        card.Find(TestId("change-password")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("new-password")));
        dialogs.Find(TestId("new-password")).Input("AdaLind-2026");
        dialogs.Find(TestId("password-form")).Submit();
        dialogs.WaitForAssertion(() => Assert.Contains("easy to guess", dialogs.Markup, StringComparison.Ordinal));
        dialogs.Find(TestId("new-password")).Input("seven teapots on a roof");
        dialogs.Find(TestId("password-form")).Submit();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(TestId("password-form"))));

        Assert.Null(await Get<Sessions>().FindAsync(Administrator.SessionId!.Value, CancellationToken.None));
        Assert.IsType<PasswordSignInResult.Wrong>(await TryAsync(Installation.AdministratorPassword));
        Assert.IsType<PasswordSignInResult.Right>(await TryAsync("seven teapots on a roof"));
    }

    [Fact]
    [Proves("asvs-7.5.1")]
    public async Task Whoever_only_holds_an_open_browser_changes_neither()
    {
        await SignedIn.ForgetStepUpAsync(Installation.Services, Administrator);

        var password = await Get<OwnPassword>()
            .ChangeAsync(new NewPassword("seven teapots on a roof"), Administrator, CancellationToken.None);
        var factor = await Get<SecondFactors>().BeginOwnAsync(Administrator, CancellationToken.None);

        Assert.Equal(RefusalKind.StepUpRequired, password.RefusalOrNull()?.Kind);
        Assert.Equal(RefusalKind.StepUpRequired, factor.RefusalOrNull()?.Kind);
        var stranger = Administrator with { Actor = new Actor(ActorKind.Administrator, Guid.NewGuid(), "Nobody") };
        Assert.True((await Get<SecondFactors>().BeginOwnAsync(stranger, CancellationToken.None)).IsRefused);
    }

    private Task<PasswordSignInResult> TryAsync(string password) =>
        Get<PasswordSignIn>().TryAsync(Installation.AdministratorEmail, password, Origin.Of(Actor.System), CancellationToken.None);
}
