using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class RotationTests : ProviderTestContext
{
    private string _contoso = "";
    private IssuedScimToken _old = default!;

    [Fact]
    [Proves("rule-17")]
    public async Task A_rotation_creates_a_second_token_and_both_work()
    {
        await OpenAsync();

        await CreateAsync();

        Assert.Single(Dialogs.FindAll(TestId("token-step")));
        Assert.Equal(2, (await FindAsync(_contoso)).LiveTokens.Count);
        Assert.Null(Get<TokenRegister>().Check(_old.Text).Refusal);
    }

    [Fact]
    public async Task After_Done_it_waits_for_the_new_token_and_offers_to_revoke_the_old_one_when_that_is_used()
    {
        await OpenAsync();
        await CreateAsync();
        await Dialogs.Find($"{TestId("token")} {TestId("show")}").ClickAsync();
        var text = Dialogs.Find($"{TestId("token")} {TestId("copy-value")}").TextContent;
        await Dialogs.Find(TestId("stored")).ChangeAsync(true);
        await Dialogs.Find(TestId("done")).ClickAsync();
        Dialogs.WaitForAssertion(() =>
            Assert.StartsWith("Waiting for the first request", Dialogs.Find(TestId("rotation-state")).TextContent, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(text, Dialogs.Markup, StringComparison.Ordinal);

        Get<TokenUsage>().Used(Get<TokenRegister>().Check(text).Token!);
        Time.Advance(LivePace);

        Dialogs.WaitForAssertion(() =>
            Assert.StartsWith("The new token is in use.", Dialogs.Find(TestId("rotation-state")).TextContent, StringComparison.Ordinal)
        );
        Dialogs.Find(TestId("revoke-old")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        Dialogs.WaitForAssertion(() =>
            Assert.StartsWith("The old token is revoked.", Dialogs.Find(TestId("rotation-state")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(_old.Text).Refusal);
        Assert.Null(Get<TokenRegister>().Check(text).Refusal);
    }

    [Fact]
    [Proves("rule-17")]
    public async Task Ending_the_old_token_now_revokes_it_at_once()
    {
        await OpenAsync();

        await Dialogs.Find(TestId("end-Now")).ChangeAsync(true);
        await CreateAsync();

        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(_old.Text).Refusal);
        Assert.NotEqual(_old.PublicId, Assert.Single((await FindAsync(_contoso)).LiveTokens).PublicId);
    }

    [Fact]
    public async Task Discarding_the_new_token_leaves_the_old_one_in_use()
    {
        await OpenAsync();
        await Dialogs.Find(TestId("end-DayAfterFirstUse")).ChangeAsync(true);
        await CreateAsync();

        Dialogs.Find(TestId("discard-token")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        var token = Assert.Single((await FindAsync(_contoso)).LiveTokens);
        Assert.Equal((_old.PublicId, TokenState.InUse, null), (token.PublicId, token.State, token.ReplacedBy));
        Assert.False(token.EndsAfterReplacementIsUsed);
    }

    [Fact]
    public async Task Cancelling_creates_nothing()
    {
        await OpenAsync();

        await Dialogs.Find(TestId("cancel-rotation")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Single((await FindAsync(_contoso)).LiveTokens);
    }

    private async Task<IRenderedComponent<ProviderPage>> OpenAsync()
    {
        _contoso = await AddProviderAsync();
        _old = await EnableAsync(_contoso);
        Use(_old);
        var page = OpenPage(_contoso);
        page.Find(TestId("rotate")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("rotate-dialog")));
        return page;
    }

    private async Task CreateAsync()
    {
        await Dialogs.Find(TestId("create-new-token")).ClickAsync();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
    }
}
