using Bunit;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class ScimWidgetTests : ProviderTestContext
{
    [Fact]
    [Proves("rule-13")]
    public async Task Its_title_is_the_words_administrators_know()
    {
        var page = OpenPage(await AddProviderAsync());

        Assert.Equal("System for Cross-domain Identity Management (SCIM)", page.Find($"{TestId("scim-widget")} h2").TextContent);
        Assert.Equal("Enable", page.Find(TestId("enable-scim")).TextContent.Trim());
        Assert.Equal("Not enabled", State(page));
    }

    [Fact]
    [Proves("rule-1")]
    public async Task Without_metadata_Enable_can_be_reached_says_why_it_does_nothing_and_does_nothing()
    {
        var contoso = await AddProviderAsync(withMetadata: false);
        var page = OpenPage(contoso);

        var enable = page.Find(TestId("enable-scim"));
        Assert.Equal("true", enable.GetAttribute("aria-disabled"));
        Assert.False(enable.HasAttribute("disabled"));
        var reason = page.Find($"#{enable.GetAttribute("aria-describedby")}");
        Assert.Contains("Import the SAML metadata first.", reason.TextContent, StringComparison.Ordinal);
        Assert.Equal(ProviderAddress.Of(contoso, "single-sign-on"), reason.QuerySelector("a")!.GetAttribute("href"));

        await enable.ClickAsync();

        Assert.Empty(Dialogs.FindAll(".mud-dialog"));
        Assert.Equal(ScimState.NotEnabled, (await FindAsync(contoso)).Scim);
    }

    [Fact]
    public async Task When_on_it_shows_the_base_URL_the_token_and_links_to_everything_it_counts()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        Time.Advance(TimeSpan.FromMinutes(5));
        Use(token);

        var page = OpenPage(contoso);

        Assert.Equal("Active", State(page));
        Assert.Equal("Edit", page.Find(TestId("edit-scim")).TextContent.Trim());
        Assert.Contains(
            $"https://iam.example.com/scim/v2/{contoso}",
            page.Find(TestId("scim-base-url")).TextContent,
            StringComparison.Ordinal
        );
        var line = page.Find(TestId("token-line")).TextContent;
        Assert.Contains($"njs_{token.PublicId}…", line, StringComparison.Ordinal);
        Assert.Contains("Expires in 180 days, 23 May 2027, 12:00 UTC", line, StringComparison.Ordinal);
        Assert.Contains("Created by Ada Lind", line, StringComparison.Ordinal);
        Assert.Equal("just now", page.Find(TestId("token-last-used")).TextContent);
        Assert.Equal($"/administration/accounts/users?provider={contoso}", page.Find(TestId("scim-users")).GetAttribute("href"));
        Assert.Equal($"/administration/accounts/groups?provider={contoso}", page.Find(TestId("scim-groups")).GetAttribute("href"));
        Assert.Equal($"/activities?provider={contoso}&result=refused", page.Find(TestId("scim-refusals")).GetAttribute("href"));
        Assert.DoesNotContain(token.Text, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_turns_to_Active_by_itself_when_the_first_request_arrives()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        var page = OpenPage(contoso);
        Assert.Equal("Waiting for first request", State(page));
        Assert.Contains("Entra sends about every 40 minutes", page.Find(TestId("scim-waiting")).TextContent, StringComparison.Ordinal);

        Use(token);
        Time.Advance(LivePace);

        page.WaitForAssertion(() => Assert.Equal("Active", State(page)));
        Assert.Empty(page.FindAll(TestId("scim-waiting")));
    }

    [Fact]
    public async Task While_it_waits_refused_attempts_appear_with_the_reason()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var provider = await FindAsync(contoso);
        var page = OpenPage(contoso);
        Assert.Contains("No request has arrived so far.", page.Find(TestId("scim-waiting")).TextContent, StringComparison.Ordinal);

        await RefuseAsync(provider.Id, "The token is not known.");
        Time.Advance(LivePace);

        page.WaitForAssertion(() =>
            Assert.Contains("The token is not known.", page.Find(TestId("refused-attempt")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal("1 refused in 24 h", page.Find(TestId("scim-refusals")).TextContent);
        Assert.Equal("Waiting for first request", State(page));
    }

    [Fact]
    public async Task Attempts_from_before_the_token_was_created_are_not_listed()
    {
        var contoso = await AddProviderAsync();
        await RefuseAsync((await FindAsync(contoso)).Id, "The token is missing.");
        Time.Advance(TimeSpan.FromMinutes(2));
        await EnableAsync(contoso);

        var page = OpenPage(contoso);

        Assert.Empty(page.FindAll(TestId("refused-attempt")));
    }

    [Fact]
    public async Task An_expired_token_is_named_above_the_page_and_Create_token_shows_a_new_one()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        Time.Advance(TimeSpan.FromDays(182));
        var page = OpenPage(contoso);
        Assert.Equal("Expired", State(page));
        Assert.Contains("Provisioning has stopped.", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal);

        page.Find(TestId("create-token")).Click();

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        Assert.Single((await FindAsync(contoso)).LiveTokens);
    }

    [Fact]
    public async Task A_token_that_was_not_confirmed_is_named_and_Create_another_revokes_it_in_the_same_step()
    {
        var contoso = await AddProviderAsync();
        var lost = await EnableAsync(contoso, confirmed: false);
        var page = OpenPage(contoso);
        Assert.Contains(
            "This token was shown but not confirmed.",
            page.Find(TestId("token-unconfirmed")).TextContent,
            StringComparison.Ordinal
        );

        page.Find(TestId("create-another")).Click();

        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("token-step")));
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(lost.Text).Refusal);
        Assert.NotEqual(lost.PublicId, Assert.Single((await FindAsync(contoso)).LiveTokens).PublicId);
    }

    [Fact]
    public async Task Revoking_the_last_live_token_asks_for_the_display_name()
    {
        var contoso = await AddProviderAsync();
        var token = await EnableAsync(contoso);
        var page = OpenPage(contoso);

        page.Find(TestId("revoke")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        Assert.Null(Get<TokenRegister>().Check(token.Text).Refusal);
        await Dialogs.Find(TestId("typed-name")).InputAsync("Contoso");
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Revoked", State(page)));
        Assert.Equal(TokenRefusal.Revoked, Get<TokenRegister>().Check(token.Text).Refusal);
        Assert.Single(page.FindAll(TestId("create-token")));
    }

    [Fact]
    public async Task With_two_live_tokens_rotating_is_explained_away()
    {
        var contoso = await AddProviderAsync();
        var old = await EnableAsync(contoso);
        Installation.Done(
            await Get<ScimConnections>()
                .RotateAsync((await FindAsync(contoso)).Id, old.PublicId, RotationEnd.WhenRevoked, Administrator, CancellationToken.None)
        );

        var page = OpenPage(contoso);

        Assert.Equal(["Rotating out", "Not used yet"], page.FindAll(TestId("token-state")).Select(chip => chip.TextContent));
        Assert.All(page.FindAll(TestId("rotate")), button => Assert.Equal("true", button.GetAttribute("aria-disabled")));
        Assert.Contains("Revoke one of the two tokens first.", page.Find(TestId("two-live")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_limited_to_reading_and_to_networks_and_the_widget_says_so()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        var page = OpenPage(contoso);
        Assert.Empty(page.FindAll(TestId("token-limit")));

        page.Find(TestId("access")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("access-form")));
        Assert.True(Dialogs.Find(TestId("scope-ReadAndWrite")).HasAttribute("checked"));
        Dialogs.Find(TestId("scope-Read")).Change("on");
        await Dialogs.Find(TestId("networks")).InputAsync("203.0.113.7/33 ");
        Dialogs.WaitForAssertion(() => Assert.Single(Dialogs.FindAll(TestId("input-chip"))));
        await Dialogs.Find(TestId("access-form")).SubmitAsync();
        Assert.Contains("is not a network", Dialogs.Find(TestId("field-error")).TextContent, StringComparison.Ordinal);
        Assert.Equal(TokenAccess.Everything, Assert.Single((await FindAsync(contoso)).LiveTokens).Access);

        Dialogs.Find($"{TestId("input-chip")} button").Click();
        await Dialogs.Find(TestId("networks")).InputAsync("203.0.113.0/24,198.51.100.7 ");
        Dialogs.WaitForAssertion(() => Assert.Equal(2, Dialogs.FindAll(TestId("input-chip")).Count));
        await Dialogs.Find(TestId("access-form")).SubmitAsync();

        page.WaitForAssertion(() =>
            Assert.Equal(
                ["May only read", "Accepted only from 203.0.113.0/24 and 1 more"],
                page.FindAll(TestId("token-limit")).Select(limit => limit.TextContent)
            )
        );
        Assert.Empty(Dialogs.FindAll(".mud-dialog"));
    }

    [Fact]
    public async Task It_counts_the_requests_of_a_day_and_says_how_quick_they_are_and_how_far_apart()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        for (var run = 0; run < 5; run++)
        {
            await LogAsync(contoso, TimeSpan.FromMilliseconds(3));
            Time.Advance(TimeSpan.FromMinutes(40));
        }

        var page = OpenPage(contoso);

        var words = page.Find($"{TestId("scim-requests")} dd");
        Assert.Equal("5", words.QuerySelector("a")!.TextContent);
        Assert.Contains("half of them within 3 ms", words.TextContent, StringComparison.Ordinal);
        Assert.Contains("usually every 40 min", words.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(TestId("requests-lost")));
        await LogAsync(contoso, TimeSpan.FromMilliseconds(3));
        Time.Advance(LivePace);
        page.WaitForAssertion(() => Assert.Equal("6", page.Find($"{TestId("scim-requests")} a").TextContent));
    }

    [Fact]
    public async Task It_says_when_requests_are_not_kept()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        await File.WriteAllBytesAsync(
            Path.Combine(Installation.DataDirectory, RequestLogFile.FileName),
            [.. Enumerable.Repeat((byte)0x5A, 100_000)]
        );

        var page = OpenPage(contoso);

        page.WaitForAssertion(() =>
            Assert.Contains("can't be read or written", page.Find(TestId("requests-lost")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Unknown_identifiers_say_so()
    {
        var page = OpenPage("k3v9q2mh7tab");

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("provider-not-found"))));
    }

    private async Task RefuseAsync(Guid provider, string detail)
    {
        Get<SecurityLog>()
            .Record(new Refused(SecurityCause.TokenUnknown, detail, Origin.NewRequestId()) { ProviderId = provider, Status = 401 });
        await Get<SecurityLog>().FlushAsync(CancellationToken.None);
    }

    private async Task LogAsync(string identifier, TimeSpan duration)
    {
        Get<RequestLog>()
            .Record(
                new RequestRecord(Origin.NewRequestId(), Time.GetUtcNow(), (await FindAsync(identifier)).Id, "a1B2c3D4", "GET", "/", "")
                {
                    Status = 200,
                    Duration = duration,
                    Request = new BodyCopy(),
                    Answer = new BodyCopy(),
                }
            );
        await Get<RequestLog>().FlushAsync(CancellationToken.None);
    }

    private static string State(IRenderedComponent<ProviderPage> page) =>
        page.Find($"{TestId("scim-widget")} {TestId("status-chip")}").TextContent;
}
