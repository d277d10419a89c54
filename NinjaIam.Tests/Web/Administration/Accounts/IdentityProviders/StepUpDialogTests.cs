using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

/// <summary>The dialogs about a connection ask for the password where it was not given lately, and lose nothing that was typed.</summary>
public sealed class StepUpDialogTests : ProviderTestContext
{
    private const string Password = "step-up-password";

    [Fact]
    [Proves("rule-18")]
    public async Task Turning_the_toggle_on_asks_for_the_password_before_a_token_is_made()
    {
        var contoso = await AddProviderAsync();
        await ForgetAsync();
        OpenPage(contoso).Find(TestId("enable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));

        Dialogs.Find("input[role=switch]").Change(true);
        Dialogs.WaitForAssertion(() => Assert.Equal("Enter your password.", Dialogs.Find(TestId("field-error")).TextContent));
        Assert.False((await FindAsync(contoso)).ScimEnabled);
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find("input[role=switch]").Change(true);

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        Assert.Single((await FindAsync(contoso)).LiveTokens);
        Assert.DoesNotContain(Installation.AdministratorPassword, Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_just_signed_in_is_not_asked()
    {
        OpenPage(await AddProviderAsync()).Find(TestId("enable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("scim-dialog")));

        Assert.Empty(Dialogs.FindAll(TestId(Password)));
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Create_token_asks_first_and_creates_it_with_the_right_password()
    {
        var contoso = await AddProviderAsync();
        var first = await EnableAsync(contoso);
        await RevokeAsync(contoso, first);
        await ForgetAsync();
        OpenPage(contoso).Find(TestId("create-token")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));
        Assert.Empty(Dialogs.FindAll(TestId("field-error")));

        await TypeAsync("guessed");
        Dialogs.Find(TestId("create-asked-token")).Click();
        Dialogs.WaitForAssertion(() => Assert.Equal("The password is wrong.", Dialogs.Find(TestId("field-error")).TextContent));
        Assert.Empty((await FindAsync(contoso)).LiveTokens);
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find(TestId("step-up")).KeyDown("Enter");

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        Assert.Single((await FindAsync(contoso)).LiveTokens);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Disabling_keeps_the_choice_while_the_password_is_wrong()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        await ForgetAsync();
        OpenPage(contoso, "settings").Find(TestId("disable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));

        await TypeAsync("guessed");
        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Assert.Equal("The password is wrong.", Dialogs.Find(TestId("field-error")).TextContent));
        Assert.Equal("guessed", Dialogs.Find(TestId(Password)).GetAttribute("value"));
        Assert.True((await FindAsync(contoso)).ScimEnabled);
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find(TestId("confirm")).Click();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Equal(ScimState.Disabled, (await FindAsync(contoso)).Scim);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task A_confirmation_that_runs_out_while_the_dialog_is_open_asks_then_and_keeps_what_was_typed()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        Use(token);
        OpenPage(contoso).Find(TestId("revoke")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        Assert.Empty(Dialogs.FindAll(TestId(Password)));
        await Dialogs.Find(TestId("typed-name")).InputAsync("Contoso");
        await ForgetAsync();

        Dialogs.Find(TestId("confirm")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));
        Assert.Equal("Contoso", Dialogs.Find(TestId("typed-name")).GetAttribute("value"));
        Assert.Null(Get<TokenRegister>().Check(token.Text).Refusal);
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find(TestId("confirm")).Click();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(token.Text).Refusal);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Rotating_asks_and_keeps_when_the_old_token_ends()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        Use(token);
        await ForgetAsync();
        OpenPage(contoso).Find(TestId("rotate")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));

        Dialogs.Find(TestId("end-Now")).Change(true);
        Dialogs.Find(TestId("create-new-token")).Click();
        Dialogs.WaitForAssertion(() => Assert.Equal("Enter your password.", Dialogs.Find(TestId("field-error")).TextContent));
        Assert.Single((await FindAsync(contoso)).LiveTokens);
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find(TestId("create-new-token")).Click();

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(token.Text).Refusal);
    }

    [Fact]
    [Proves("rule-18")]
    public async Task Changing_what_a_token_may_do_asks_and_keeps_the_label()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        await ForgetAsync();
        var page = OpenPage(contoso);
        page.Find(TestId("access")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));

        await Dialogs.Find(TestId("label")).InputAsync("Entra, production");
        await Dialogs.Find(TestId("access-form")).SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Equal("Enter your password.", Dialogs.Find(TestId("field-error")).TextContent));
        Assert.Null(Assert.Single((await FindAsync(contoso)).LiveTokens).Label);
        await TypeAsync(Installation.AdministratorPassword);
        await Dialogs.Find(TestId("access-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Entra, production", page.Find(TestId("token-label")).TextContent));
        Assert.Equal("Entra, production", Assert.Single((await FindAsync(contoso)).LiveTokens).Label);
    }

    [Fact]
    public async Task A_token_that_is_discarded_later_asks_again()
    {
        var contoso = await AddProviderAsync();
        OpenPage(contoso).Find(TestId("enable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("scim-dialog")));
        Dialogs.Find("input[role=switch]").Change(true);
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        await ForgetAsync();

        Dialogs.Find(TestId("discard-token")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId(Password)));
        await TypeAsync(Installation.AdministratorPassword);
        Dialogs.Find(TestId("confirm")).Click();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Empty((await FindAsync(contoso)).LiveTokens);
    }

    private Task TypeAsync(string password) => Dialogs.Find(TestId(Password)).InputAsync(password);

    private Task ForgetAsync() => SignedIn.ForgetStepUpAsync(Installation.Services, Administrator);

    private async Task RevokeAsync(string identifier, IssuedScimToken token) =>
        Installation.Done(
            await Get<ScimConnections>()
                .RevokeTokenAsync((await FindAsync(identifier)).Id, token.PublicId, Administrator, CancellationToken.None)
        );
}
