using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.Accounts.Passkeys;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Profile;
using NinjaIam.Web.Components.Shared;
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

    [Fact]
    public async Task Passkeys_are_listed_added_by_the_browser_under_a_name_and_removed()
    {
        OpenWherePasskeysWork();
        var script = JSInterop.SetupModule("./js/passkeys.js");
        var add = script.Setup<BrowserPasskeys.PasskeyOutcome?>(call => call.Identifier == "add");
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());
        Assert.Contains("Not set up", card.Find(TestId("no-passkey")).TextContent, StringComparison.Ordinal);

        card.Find(TestId("add-passkey")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("passkey-name")));
        dialogs.Find(TestId("passkey-name")).Input("My laptop");
        dialogs.Find(TestId("save-passkey")).Click();
        dialogs.WaitForAssertion(() => Assert.Equal("My laptop", add.Invocations.Single().Arguments[2]));
        add.SetResult(new BrowserPasskeys.PasskeyOutcome(false, "cancelled", null, null, null));
        dialogs.WaitForAssertion(() => Assert.Contains("No passkey was given", dialogs.Markup, StringComparison.Ordinal));
        await SamplePasskeys.AddAsync(Get<IWritePath>(), Administrator.Actor.Id!.Value, "My laptop");
        add.SetResult(new BrowserPasskeys.PasskeyOutcome(true, null, null, null, null));
        dialogs.Find(TestId("save-passkey")).Click();

        card.WaitForAssertion(() => Assert.Contains("My laptop", card.Find(TestId("passkey")).TextContent, StringComparison.Ordinal));
        card.Find(TestId("remove-passkey")).Click();
        dialogs.WaitForAssertion(() => Assert.Contains("It is your only second factor", dialogs.Markup, StringComparison.Ordinal));
        dialogs.Find(TestId("confirm")).Click();
        card.WaitForAssertion(() => card.Find(TestId("no-passkey")));
    }

    [Fact]
    public async Task Whoever_has_only_a_passkey_confirms_with_it_in_the_dialog_and_keeps_what_was_typed()
    {
        OpenWherePasskeysWork();
        await SamplePasskeys.AddAsync(Get<IWritePath>(), Administrator.Actor.Id!.Value);
        await SignedIn.ForgetStepUpAsync(Installation.Services, Administrator);
        var script = JSInterop.SetupModule("./js/passkeys.js");
        var confirm = script.Setup<BrowserPasskeys.PasskeyOutcome?>(call => call.Identifier == "confirm");
        var add = script.Setup<BrowserPasskeys.PasskeyOutcome?>(call => call.Identifier == "add");
        add.SetResult(new BrowserPasskeys.PasskeyOutcome(true, null, null, null, null));
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());

        card.Find(TestId("add-passkey")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("passkey-name")));
        Assert.Contains("Your browser asks for it", dialogs.Find(TestId("step-up")).TextContent, StringComparison.Ordinal);
        Assert.Empty(dialogs.FindAll(TestId("step-up-password")));
        dialogs.Find(TestId("passkey-name")).Input("My phone");
        confirm.SetResult(new BrowserPasskeys.PasskeyOutcome(false, "cancelled", null, null, null));
        dialogs.Find(TestId("save-passkey")).Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("No passkey was given", dialogs.Find(TestId("step-up-passkey-error")).TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(add.Invocations);
        confirm.SetResult(new BrowserPasskeys.PasskeyOutcome(true, null, null, null, null));
        dialogs.Find(TestId("save-passkey")).Click();

        dialogs.WaitForAssertion(() => Assert.Equal("My phone", Assert.Single(add.Invocations).Arguments[2]));
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(TestId("passkey-dialog"))));
    }

    [Fact]
    public async Task Whoever_has_both_chooses_between_code_and_passkey()
    {
        OpenWherePasskeysWork();
        await SetUpAppAsync();
        await SamplePasskeys.AddAsync(Get<IWritePath>(), Administrator.Actor.Id!.Value);
        await SignedIn.ForgetStepUpAsync(Installation.Services, Administrator);
        var script = JSInterop.SetupModule("./js/passkeys.js");
        var confirm = script.Setup<BrowserPasskeys.PasskeyOutcome?>(call => call.Identifier == "confirm");
        confirm.SetResult(new BrowserPasskeys.PasskeyOutcome(true, null, null, null, null));
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());

        card.Find(TestId("add-passkey")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("step-up-code")));
        dialogs.Find(TestId("save-passkey")).Click();
        dialogs.WaitForAssertion(() => Assert.Contains("Enter the code, or use a passkey", dialogs.Markup, StringComparison.Ordinal));
        dialogs.Find(TestId("step-up-use-passkey")).Click();

        dialogs.WaitForAssertion(() => dialogs.Find(TestId("step-up-done")));
        Assert.Empty(dialogs.FindAll(TestId("step-up-code")));
    }

    [Fact]
    public async Task Where_passkeys_do_not_work_the_card_says_why_and_a_dialog_where_to_confirm()
    {
        await SamplePasskeys.AddAsync(Get<IWritePath>(), Administrator.Actor.Id!.Value);
        await SignedIn.ForgetStepUpAsync(Installation.Services, Administrator);
        var (card, dialogs) = (Render<SignInCard>(), RenderProviders());

        Assert.Contains(
            "Passkeys belong to https://iam.example.com",
            card.Find(TestId("passkeys-elsewhere")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(card.FindAll(TestId("add-passkey")));
        card.Find(TestId("remove-passkey")).Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("Open the portal there", dialogs.Find(TestId("step-up-elsewhere")).TextContent, StringComparison.Ordinal)
        );
        dialogs.Find(TestId("confirm")).Click();
        Assert.Single(await Get<OwnPasskeys>().ListAsync(Administrator.Actor.Id!.Value, CancellationToken.None));
    }

    // Where the pages of tests are opened.
    private void OpenWherePasskeysWork() => Get<PortalAddress>().Set(new Uri("http://localhost"), isConfigured: true);

    private async Task SetUpAppAsync()
    {
        var factors = Get<SecondFactors>();
        var key = Installation.Done(await factors.BeginOwnAsync(Administrator, CancellationToken.None));
        var code = new AuthenticatorApp(key.Key).CodeAt(Time.GetUtcNow());
        Installation.Done(await factors.ConfirmOwnAsync(code, Administrator, CancellationToken.None));
    }

    private Task<PasswordSignInResult> TryAsync(string password) =>
        Get<PasswordSignIn>().TryAsync(Installation.AdministratorEmail, password, Origin.Of(Actor.System), CancellationToken.None);
}
