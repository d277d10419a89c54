using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;
using ActivityLog = NinjaIam.Core.Journal.Activities;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class ProviderPageTests : ProviderTestContext
{
    [Fact]
    public async Task The_head_says_whose_it_is()
    {
        var page = OpenPage(await AddProviderAsync());

        Assert.Equal("Contoso", page.Find("h1").TextContent);
        Assert.Equal("Microsoft Entra ID · contoso.com", page.Find(TestId("page-subtitle")).TextContent);
        Assert.Empty(page.FindAll(TestId("provider-notice")));
    }

    [Fact]
    [Proves("rule-16", "rule-55")]
    public async Task A_token_that_ends_soon_is_named_with_the_way_to_rotate_it()
    {
        var contoso = await AddProviderAsync();
        Use(await EnableAsync(contoso));
        await Get<NinjaIam.Core.Tokens.TokenUsage>().FlushAsync(CancellationToken.None);
        Time.Advance(TimeSpan.FromDays(172));

        var page = OpenPage(contoso);

        Assert.Contains("The SCIM token ends in 9 days.", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(TestId("notice-rotate")));
    }

    [Fact]
    public async Task Of_several_troubles_only_the_worst_stands_above_the_page()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        Time.Advance(TimeSpan.FromDays(400));

        var page = OpenPage(contoso);

        Assert.Contains(
            "The SCIM token has expired.",
            Assert.Single(page.FindAll(TestId("provider-notice"))).TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Single_sign_on_shows_what_to_copy_and_what_was_imported()
    {
        var contoso = await AddProviderAsync();

        var page = OpenPage(contoso, "single-sign-on");

        Assert.Equal(contoso, page.Find($"{TestId("unique-identifier")} {TestId("copy-value")}").TextContent);
        Assert.Contains("https://idp.example.com/entity", page.Find(TestId("saved-metadata")).TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(TestId("certificate")));
    }

    [Fact]
    [Proves("rule-7")]
    public async Task Imported_metadata_is_shown_before_it_is_saved_and_then_makes_SCIM_possible()
    {
        var contoso = await AddProviderAsync(withMetadata: false);
        var page = OpenPage(contoso, "single-sign-on");
        var input = page.FindComponent<MetadataInput>();

        await input.InvokeAsync(() => input.Instance.OnImported.InvokeAsync(Samples.Metadata(Time.GetUtcNow().AddDays(100))));
        Assert.Contains("https://idp.example.com/entity", page.Find(TestId("metadata-to-save")).TextContent, StringComparison.Ordinal);
        Assert.Null((await FindAsync(contoso)).Saml);
        await page.Find(TestId("save-metadata")).ClickAsync();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("saved-metadata"))));
        Assert.Null((await FindAsync(contoso)).MissingForScim);
    }

    [Fact]
    public async Task Leaving_asks_before_imported_metadata_is_lost()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "single-sign-on");
        await page.Find(TestId("import-again")).ClickAsync();
        var input = page.FindComponent<MetadataInput>();
        await input.InvokeAsync(() => input.Instance.OnImported.InvokeAsync(Samples.Metadata(Time.GetUtcNow().AddDays(100))));

        Navigation.NavigateTo("/activities");

        Dialogs.WaitForAssertion(() =>
            Assert.Equal("The imported metadata is not saved and will be lost.", Dialogs.Find(TestId("confirm-dialog")).TextContent.Trim())
        );
        await Dialogs.Find(TestId("cancel")).ClickAsync();
        Assert.Contains(contoso, Navigation.Uri, StringComparison.Ordinal);
        Assert.Single(page.FindAll(TestId("metadata-to-save")));
    }

    [Fact]
    public async Task Settings_are_saved()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "settings");

        await page.Find(TestId("display-name")).InputAsync("Contoso Ltd");
        await page.Find(TestId("may-create-technicians")).ChangeAsync(true);
        await page.Find(TestId("settings-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Saved 12:00", page.Find(TestId("settings-saved")).TextContent));
        var saved = await FindAsync(contoso);
        Assert.Equal(("Contoso Ltd", true), (saved.DisplayName, saved.Input.MayCreateTechnicians));
        Assert.Equal("Contoso Ltd", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Equal_group_names_are_allowed_by_a_setting_that_stands_in_the_journal()
    {
        var contoso = await AddProviderAsync();
        var before = await FindAsync(contoso);
        var page = OpenPage(contoso, "settings");

        await page.Find(TestId("equal-group-names")).ChangeAsync(true);
        await page.Find(TestId("settings-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Saved 12:00", page.Find(TestId("settings-saved")).TextContent));
        var saved = await FindAsync(contoso);
        Assert.True(saved.Input.AllowsEqualGroupNames);
        Assert.NotEqual(before.Stamp, saved.Stamp);
        var activities = Get<ActivityLog>();
        var filter = new ActivityFilter { ProviderId = before.Id };
        var line = (await activities.ListAsync(Administrator.Actor, filter, 1, CancellationToken.None))[0];
        Assert.Equal(
            [new ChangedValue("allowsEqualGroupNames", "false", "true")],
            await activities.ChangesAsync(Administrator.Actor, line.Id, CancellationToken.None)
        );
    }

    [Fact]
    [Proves("rule-5")]
    public async Task A_domain_of_another_provider_is_refused_beside_the_field_and_nothing_typed_is_lost()
    {
        await AddProviderAsync(Samples.Provider("Northwind", "northwind.com"));
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "settings");

        await page.Find(TestId("domains")).InputAsync("northwind.com,");
        await page.Find(TestId("settings-form")).SubmitAsync();

        page.WaitForAssertion(() =>
            Assert.StartsWith("northwind.com belongs to Northwind.", page.Find(TestId("field-error")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(2, page.FindAll(TestId("input-chip")).Count(chip => chip.TextContent.EndsWith(".com", StringComparison.Ordinal)));
        Assert.Equal(["contoso.com"], (await FindAsync(contoso)).Input.Domains);
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_not_overwritten_and_Reload_shows_it()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "settings");
        await page.Find(TestId("display-name")).InputAsync("Mine");
        var other = await FindAsync(contoso);
        Installation.Done(
            await Get<Providers>()
                .ChangeAsync(other.Id, other.Input with { DisplayName = "Theirs" }, other.Stamp, Administrator, CancellationToken.None)
        );

        await page.Find(TestId("settings-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("settings-stale"))));
        Assert.Contains("Ada Lind changed this just now.", page.Find(TestId("settings-stale")).TextContent, StringComparison.Ordinal);
        Assert.Contains("view=changes", page.Find(TestId("show-differences")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("Mine", page.Find(TestId("display-name")).GetAttribute("value"));
        Assert.Equal("Theirs", (await FindAsync(contoso)).DisplayName);
        await page.Find(TestId("reload-stale")).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Theirs", page.Find(TestId("display-name")).GetAttribute("value")));
    }

    [Fact]
    public async Task A_look_at_another_tab_loses_nothing_that_is_typed()
    {
        var contoso = await AddProviderAsync();
        var page = OpenPage(contoso, "settings");
        await page.Find(TestId("display-name")).InputAsync("Mine");

        Navigation.NavigateTo(ProviderAddress.Of(contoso));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("scim-widget"))));
        Navigation.NavigateTo(ProviderAddress.Of(contoso, "settings"));

        page.WaitForAssertion(() => Assert.Equal("Mine", page.Find(TestId("display-name")).GetAttribute("value")));
    }

    [Fact]
    [Proves("rule-53")]
    public async Task Disable_SCIM_stands_in_the_danger_zone_and_asks()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var page = OpenPage(contoso, "settings");

        page.Find(TestId("disable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        Assert.True((await FindAsync(contoso)).ScimEnabled);
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("true", page.Find(TestId("disable-scim")).GetAttribute("aria-disabled")));
        Assert.Equal(ScimState.Disabled, (await FindAsync(contoso)).Scim);
    }

    [Fact]
    [Proves("rule-53")]
    public async Task Who_is_deactivated_with_SCIM_is_brought_back_by_one_click()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var directory = new SampleDirectory(Installation);
        var ada = await directory.AddPersonAsync("ada@contoso.com", await FindAsync(contoso));
        var page = OpenPage(contoso, "settings");

        page.Find(TestId("disable-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("choice-Deactivate")));
        Assert.Contains("1 person", Dialogs.Find(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal);
        Dialogs.Find(TestId("choice-Deactivate")).Change(true);
        await Dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("1 person was deactivated", page.Find(TestId("deactivated-together")).TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(AccountStatus.Inactive, await StatusAsync(ada));
        await page.Find(TestId("reactivate")).ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("deactivated-together"))));
        Assert.Equal(AccountStatus.Active, await StatusAsync(ada));
    }

    [Fact]
    [Proves("rule-21")]
    public async Task A_pause_shows_what_was_changed_meanwhile_and_asks_before_it_is_overwritten()
    {
        var contoso = await AddProviderAsync();
        await EnableAsync(contoso);
        var directory = new SampleDirectory(Installation);
        var ada = await directory.AddPersonAsync(
            "ada@contoso.com",
            await FindAsync(contoso),
            document: """{"userName":"ada@contoso.com","emails":[{"value":"ada@contoso.com"}]}"""
        );
        var page = OpenPage(contoso, "settings");

        page.Find(TestId("pause-scim")).Click();
        Dialogs.WaitForAssertion(() => Dialogs.Find(TestId("confirm-dialog")));
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() =>
            Assert.Contains("SCIM is paused until", page.Find(TestId("provider-notice")).TextContent, StringComparison.Ordinal)
        );
        await directory.ChangePersonAsync(ada, user => user.DisplayName = "Lovelace");
        await page.Find(TestId("tab-users")).ClickAsync();
        page.WaitForAssertion(() =>
            Assert.Contains(
                "displayName: “Lovelace”, Contoso says “–”",
                Assert.Single(page.FindAll(TestId("changed-here-person"))).TextContent,
                StringComparison.Ordinal
            )
        );

        page.Find(TestId("notice-resume")).Click();
        Dialogs.WaitForAssertion(() =>
            Assert.Contains("1 person was changed here.", Dialogs.Find(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal)
        );
        await Dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("provider-notice"))));
        Assert.Empty(page.FindAll(TestId("changed-here-person")));
    }

    private async Task<AccountStatus> StatusAsync(Guid person) =>
        (await Get<People>().FindAsync(Actor.System, person, CancellationToken.None))!.Person.Status;

    [Fact]
    public async Task Users_says_who_appears_there()
    {
        var page = OpenPage(await AddProviderAsync(), "users");

        page.WaitForAssertion(() =>
            Assert.Equal("People appear here when Contoso provisions them.", page.Find(TestId("list-empty")).TextContent.Trim())
        );
    }

    [Fact]
    public async Task Activities_holds_what_happened_with_this_provider_only()
    {
        await AddProviderAsync(Samples.Provider("Northwind", "northwind.com"));

        var page = OpenPage(await AddProviderAsync(), "activities");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-row"))));
        Assert.All(page.FindAll(TestId("list-row")), row => Assert.DoesNotContain("Northwind", row.TextContent, StringComparison.Ordinal));
    }
}
