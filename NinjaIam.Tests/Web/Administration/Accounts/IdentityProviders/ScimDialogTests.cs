using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using NinjaIam.Web.Components.Shared;
using Xunit;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class ScimDialogTests : ProviderTestContext
{
    [Fact]
    [Proves("rule-14", "rule-15")]
    public async Task Turning_the_toggle_on_creates_a_token_and_shows_it_once()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);
        Assert.Contains("A token valid for six months is created", Dialogs.Markup, StringComparison.Ordinal);

        TurnOn();

        var provider = await FindAsync(contoso);
        Assert.True(provider.ScimEnabled);
        var token = Assert.Single(provider.LiveTokens);
        Assert.Equal("Copy your SCIM token", Dialogs.Find(TestId("scim-dialog-title")).TextContent);
        Assert.Contains("shown only now", Dialogs.Find(TestId("token-warning")).TextContent, StringComparison.Ordinal);
        Assert.Equal(provider.ScimBaseUrl, Shown("token-base-url"));
        Assert.Equal($"njs_{token.PublicId}_••••••", Shown("token"));
        Assert.Equal("Expires on 23 May 2027, 12:00 UTC", Dialogs.Find(TestId("token-expires")).TextContent);
        Assert.Contains("Provisioning > New configuration", Dialogs.Find(TestId("vendor-hint")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_before_the_toggle_changes_nothing()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);

        await Dialogs.Find(TestId("close-scim")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        var provider = await FindAsync(contoso);
        Assert.Equal(ScimState.NotEnabled, provider.Scim);
        Assert.Empty(provider.LiveTokens);
    }

    [Fact]
    public async Task A_refusal_puts_the_toggle_back_and_says_why()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);
        Time.Advance(TimeSpan.FromDays(400));

        Dialogs.Find("input[role=switch]").Change(true);

        Dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "Every signing certificate has expired.",
                Dialogs.Find(TestId("scim-refused")).TextContent,
                StringComparison.Ordinal
            )
        );
        Dialogs.WaitForAssertion(() => Assert.False(Dialogs.Find("input[role=switch]").HasAttribute("checked")));
        Assert.True(Container.Options.CloseOnEscapeKey);
        Assert.Equal(ScimState.NotEnabled, (await FindAsync(contoso)).Scim);
    }

    [Fact]
    public async Task Show_reveals_the_token_and_masks_it_again()
    {
        OpenDialog(await AddProviderAsync());
        TurnOn();
        var mask = Shown("token");

        await Dialogs.Find($"{TestId("token")} {TestId("show")}").ClickAsync();
        Assert.Matches($"^{ScimTokenText.Pattern}$", Shown("token"));
        await Dialogs.Find($"{TestId("token")} {TestId("show")}").ClickAsync();

        Assert.Equal(mask, Shown("token"));
        Assert.Empty(Dialogs.FindAll("input[type=password]"));
    }

    [Fact]
    public async Task Where_the_browser_refuses_to_copy_the_token_is_shown_with_what_to_press()
    {
        var clipboard = JSInterop.SetupModule("./js/clipboard.js");
        clipboard.Mode = JSRuntimeMode.Loose;
        clipboard.Setup<bool>("copy", _ => true).SetResult(false);
        OpenDialog(await AddProviderAsync());
        TurnOn();

        await Dialogs.Find($"{TestId("token")} {TestId("copy")}").ClickAsync();

        Assert.Equal("Copying was blocked. Press Ctrl+C.", Dialogs.Find(TestId("copy-blocked")).TextContent);
        Assert.Matches($"^{ScimTokenText.Pattern}$", Shown("token"));
    }

    [Fact]
    [Proves("rule-34")]
    public async Task The_picker_offers_the_organizations_of_the_boundary_and_nothing_else()
    {
        var fabrikam = await AddOrganizationAsync("Fabrikam");
        await AddOrganizationAsync("Northwind");
        OpenDialog(await AddProviderAsync(Samples.Provider() with { OrganizationIds = [1, fabrikam], DefaultOrganizationId = fabrikam }));
        TurnOn();

        Assert.Equal(["1", $"{fabrikam}"], Choices().Order());
        Assert.Equal($"{fabrikam}", Shown("organization-id"));

        await Dialogs.Find(TestId("token-organization")).ChangeAsync("1");

        Assert.Equal("1", Shown("organization-id"));
    }

    [Fact]
    public async Task All_is_offered_only_where_the_boundary_is_all()
    {
        OpenDialog(
            await AddProviderAsync(Samples.Provider() with { AllOrganizations = true, OrganizationIds = [], DefaultOrganizationId = null })
        );
        TurnOn();

        Assert.Equal(["All", "1"], Choices());
        Assert.Equal("All", Shown("organization-id"));
    }

    [Fact]
    public async Task Done_explains_itself_when_pressed_early_and_leads_to_the_box()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);
        TurnOn();
        var reference = Dialogs.Find(TestId("stored")).GetAttribute("blazor:elementReference");

        await Dialogs.Find(TestId("done")).ClickAsync();

        var box = Dialogs.Find(TestId("stored"));
        Assert.Equal("true", box.GetAttribute("aria-invalid"));
        Assert.Equal(
            "Tick the box first: \"I have stored this token\".",
            Dialogs.Find($"#{box.GetAttribute("aria-describedby")}").TextContent
        );
        var focused = Assert.IsType<ElementReference>(JSInterop.Invocations["Blazor._internal.domWrapper.focus"][^1].Arguments[0]);
        Assert.Equal(reference, focused.Id);
        Assert.Single(Dialogs.FindAll(TestId("token-step")));
        Assert.False(Assert.Single((await FindAsync(contoso)).LiveTokens).IsConfirmed);
    }

    [Fact]
    [Proves("rule-15")]
    public async Task After_Done_the_token_is_confirmed_and_the_secret_is_nowhere()
    {
        var contoso = await AddProviderAsync();
        var page = OpenDialog(contoso);
        TurnOn();
        var holders = Holders();
        var secret = await RevealAsync();
        Assert.Contains(holders, holder => Holds(holder, secret));

        await Dialogs.Find(TestId("stored")).ChangeAsync(true);
        await Dialogs.Find(TestId("done")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        var token = Assert.Single((await FindAsync(contoso)).LiveTokens);
        Assert.True(token.IsConfirmed);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("token-line"))));
        Assert.Empty(page.FindAll(TestId("token-unconfirmed")));
        AssertGone(secret, page, holders);
    }

    [Fact]
    public async Task Discarding_asks_once_revokes_the_token_and_leaves_the_secret_nowhere()
    {
        var contoso = await AddProviderAsync();
        var page = OpenDialog(contoso);
        TurnOn();
        var holders = Holders();
        var secret = await RevealAsync();

        Dialogs.Find(TestId("discard-token")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        Assert.Null(Get<TokenRegister>().Check(secret).Refusal);
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(secret).Refusal);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("create-token"))));
        AssertGone(secret, page, holders);
    }

    [Fact]
    public async Task Changing_ones_mind_about_discarding_keeps_the_token_on_the_screen()
    {
        OpenDialog(await AddProviderAsync());
        TurnOn();
        var secret = await RevealAsync();

        Dialogs.Find(TestId("discard-token")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("cancel")).ClickAsync();

        Dialogs.WaitForAssertion(() => Assert.Empty(Dialogs.FindAll(TestId("confirm-dialog"))));
        Assert.Equal(secret, Shown("token"));
        Assert.Null(Get<TokenRegister>().Check(secret).Refusal);
    }

    [Fact]
    public async Task Leaving_the_page_asks_and_staying_keeps_the_token()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);
        TurnOn();
        var secret = await RevealAsync();

        Navigation.NavigateTo("/activities");
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("it cannot be shown again", Dialogs.Find(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal)
        );
        Assert.Contains("Leave before the token is stored?", Dialogs.Markup, StringComparison.Ordinal);
        await Dialogs.Find(TestId("cancel")).ClickAsync();

        Assert.EndsWith(ProviderAddress.Of(contoso), Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(secret, Shown("token"));
    }

    [Fact]
    public async Task A_dialog_that_is_torn_away_forgets_the_secret_and_the_token_stays_unconfirmed()
    {
        var contoso = await AddProviderAsync();
        OpenDialog(contoso);
        TurnOn();
        var holders = Holders();
        var secret = await RevealAsync();

        await DisposeComponentsAsync();

        Assert.DoesNotContain(holders, holder => Holds(holder, secret));
        var page = OpenPage(contoso);
        Assert.Single(page.FindAll(TestId("token-unconfirmed")));
    }

    [Fact]
    public async Task Neither_Escape_nor_a_click_beside_it_closes_a_dialog_that_shows_a_token()
    {
        OpenDialog(await AddProviderAsync());
        Assert.True(Container.Options.CloseOnEscapeKey);

        TurnOn();

        Assert.False(Container.Options.CloseOnEscapeKey);
        Assert.False(Container.Options.BackdropClick);
    }

    [Fact]
    public async Task Opened_from_Edit_it_shows_the_toggle_on_and_turning_it_off_names_how_many_people_it_concerns()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        var page = OpenPage(contoso);
        page.Find(TestId("edit-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("scim-dialog")));
        Assert.True(Dialogs.Find("input[role=switch]").HasAttribute("checked"));
        Assert.Single(Dialogs.FindAll(TestId("token-line")));

        Dialogs.Find("input[role=switch]").Change(false);
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        var question = Dialogs.Find(TestId("confirm-dialog")).TextContent;
        Assert.Contains("Nobody is managed by Contoso yet.", question, StringComparison.Ordinal);
        Assert.Contains("It works again when SCIM is enabled, until it expires.", question, StringComparison.Ordinal);
        Assert.True((await FindAsync(contoso)).ScimEnabled);
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Disabled", page.Find($"{TestId("scim-widget")} {TestId("status-chip")}").TextContent));
        Assert.Equal(token.PublicId, Assert.Single((await FindAsync(contoso)).LiveTokens).PublicId);
    }

    [Fact]
    public async Task Enabling_again_creates_no_token_while_one_is_dormant()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        Installation.Done(
            await Get<ScimConnections>()
                .DisableAsync((await FindAsync(contoso)).Id, PeopleChoice.Keep, Administrator, CancellationToken.None)
        );
        OpenDialog(contoso);

        Dialogs.Find("input[role=switch]").Change(true);

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("scim-enabled-again")));
        Assert.Empty(Dialogs.FindAll(TestId("token-step")));
        // No token is shown, so Escape closes the dialog as it closes others.
        Assert.True(Container.Options.CloseOnEscapeKey);
        Assert.Equal(token.PublicId, Assert.Single((await FindAsync(contoso)).LiveTokens).PublicId);
    }

    [Fact]
    public async Task Enabling_again_says_of_both_tokens_that_they_work_again()
    {
        var contoso = await AddProviderAsync();
        var old = await EnableAsync(contoso);
        var provider = (await FindAsync(contoso)).Id;
        Installation.Done(
            await Get<ScimConnections>().RotateAsync(provider, old.PublicId, RotationEnd.WhenRevoked, Administrator, CancellationToken.None)
        );
        Installation.Done(await Get<ScimConnections>().DisableAsync(provider, PeopleChoice.Keep, Administrator, CancellationToken.None));
        OpenDialog(contoso);

        Dialogs.Find("input[role=switch]").Change(true);

        Dialogs.WaitForAssertion(() =>
            Assert.Equal(
                "SCIM is enabled. Both tokens that were created before work again.",
                Dialogs.Find($"{TestId("scim-enabled-again")} .notice-text").TextContent.Trim()
            )
        );
    }

    private IMudDialogInstance Container => Dialogs.FindComponent<MudDialogContainer>().Instance;

    private IRenderedComponent<ProviderPage> OpenDialog(string identifier)
    {
        var page = OpenPage(identifier);
        page.Find(TestId("enable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("scim-dialog")));
        return page;
    }

    private void TurnOn()
    {
        Dialogs.Find("input[role=switch]").Change(true);
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
    }

    private async Task<string> RevealAsync()
    {
        await Dialogs.Find($"{TestId("token")} {TestId("show")}").ClickAsync();
        return Shown("token");
    }

    private string Shown(string field) => Dialogs.Find($"{TestId(field)} {TestId("copy-value")}").TextContent;

    private IEnumerable<string?> Choices() =>
        Dialogs.FindAll($"{TestId("token-organization")} option").Select(option => option.GetAttribute("value"));

    /// <summary>Every component that ever sees the secret.</summary>
    private List<object> Holders() =>
        [
            Dialogs.FindComponent<ScimDialog>().Instance,
            Dialogs.FindComponent<TokenStep>().Instance,
            Dialogs.FindComponent<TokenStepActions>().Instance,
            .. Dialogs.FindComponents<CopyField>().Select(field => field.Instance),
            .. Dialogs.FindComponents<CopyButton>().Select(button => button.Instance),
        ];

    private void AssertGone(string secret, IRenderedComponent<ProviderPage> page, List<object> holders)
    {
        Assert.DoesNotContain(secret, Dialogs.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(holders, holder => Holds(holder, secret));
    }

    private async Task<int> AddOrganizationAsync(string name) =>
        Installation.Done(
            await Get<OrganizationDirectory>().CreateAsync(new OrganizationInput { Name = name }, Administrator, CancellationToken.None)
        );
}
