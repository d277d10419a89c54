using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts.Factors;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;

namespace NinjaIam.Tests.Web.Administration.Accounts.Users;

public sealed class UserPageTests : AdministrationTestContext
{
    private const string Document = """
        {
          "userName": "bob@contoso.com",
          "externalId": "E-7",
          "name": { "givenName": "Bob", "familyName": "<b>Berg</b>" },
          "emails": [ { "value": "bob@contoso.com", "type": "work", "primary": true }, { "value": "bob@example.net", "type": "home" } ],
          "addresses": [ { "type": "work", "locality": "Oslo" } ],
          "active": true,
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "IT", "manager": { "value": "42" } },
          "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User": { "userType": "Technician", "organizationId": "1" }
        }
        """;

    private SampleDirectory Directory => new(Installation);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    [Proves("rule-19")]
    public async Task What_an_identity_provider_decides_is_text_with_a_lock_and_says_whose_it_is()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, user => user.GivenName = "Bob", Document);
        await Get<ScimConnections>().EnableAsync(contoso.Id, Administrator, CancellationToken.None);

        var page = Page(id);

        Assert.Equal(
            "Managed by Contoso. Change name, email and status in Microsoft Entra ID.",
            page.Find(TestId("managed-by")).TextContent.Trim()
        );
        var locked = page.FindAll(TestId("locked"));
        Assert.Contains(locked, value => value.TextContent.Contains("bob@contoso.com", StringComparison.Ordinal));
        Assert.All(locked, value => Assert.Contains("Locked", value.TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("input, textarea"));
    }

    [Fact]
    [Proves("rule-19", "rule-20")]
    public async Task In_the_dialog_what_is_locked_is_text_and_what_is_the_persons_own_is_saved()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, document: Document);
        await Get<ScimConnections>().EnableAsync(contoso.Id, Administrator, CancellationToken.None);
        var (page, dialogs) = (Page(id), RenderProviders());

        page.Find(TestId("edit-person")).Click();

        dialogs.WaitForAssertion(() => Assert.NotEmpty(dialogs.FindAll(TestId("locked"))));
        Assert.Contains("Contoso decides what has a lock.", dialogs.Find(TestId("locked-reason")).TextContent, StringComparison.Ordinal);
        Assert.Empty(dialogs.FindAll(TestId("edit-user-name")));
        Assert.Empty(dialogs.FindAll(TestId("edit-kind")));
        await dialogs.Find(TestId("edit-phone")).InputAsync("+47 1");
        dialogs.Find(TestId("edit-time-zone")).Change("Europe/Oslo");
        await dialogs.Find(TestId("person-form")).SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("+47 1", page.Find(TestId("phone")).TextContent, StringComparison.Ordinal));
        Assert.Contains("Europe/Oslo", page.Find(TestId("time-zone")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_by_a_link_that_is_shown_once_where_there_is_no_mail()
    {
        var id = await Directory.AddPersonAsync("bob@example.com", change: user => user.PasswordHash = "old");
        var (page, dialogs) = (Page(id), RenderProviders());

        page.Find($"{TestId("page-actions")} button").Click();
        dialogs.WaitForElement(TestId("reset-password")).Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("A second factor stays", dialogs.Find(TestId("invite-dialog")).TextContent, StringComparison.Ordinal)
        );
        dialogs.Find(TestId("confirm-invite")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("invitation-address")));

        var link = dialogs.Find(TestId("copy-value")).TextContent;
        var opened = await Get<PasswordLinks>().FindAsync(link[(link.LastIndexOf('/') + 1)..].Trim(), CancellationToken.None);
        Assert.Equal("bob@example.com", opened?.UserName);
        dialogs.Find(TestId("invite-done")).Click();
        dialogs.WaitForAssertion(() => Assert.DoesNotContain(PasswordLinks.Path, dialogs.Markup, StringComparison.Ordinal));
    }

    [Fact]
    [Proves("rule-21")]
    public async Task What_is_changed_here_while_SCIM_is_paused_is_marked_with_the_providers_value()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, document: Document);
        await Get<ScimConnections>().EnableAsync(contoso.Id, Administrator, CancellationToken.None);
        Installation.Done(await Get<ScimConnections>().PauseAsync(contoso.Id, false, Administrator, CancellationToken.None));
        var (page, dialogs) = (Page(id), RenderProviders());
        Assert.Empty(page.FindAll(TestId("changed-here")));

        page.Find(TestId("edit-person")).Click();
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(TestId("will-be-overwritten"))));
        await dialogs.Find(TestId("edit-user-name")).InputAsync("robert@contoso.com");
        await dialogs.Find(TestId("person-form")).SubmitAsync();

        page.WaitForAssertion(() =>
            Assert.Contains(
                "Contoso says: bob@contoso.com",
                Assert.Single(page.FindAll(TestId("changed-here"))).TextContent,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    [Proves("rule-48")]
    public async Task Sign_in_is_blocked_after_a_question_and_allowed_again()
    {
        var id = await Directory.AddPersonAsync("bob@contoso.com");
        var (page, dialogs) = (Page(id), RenderProviders());

        page.Find(TestId("block")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm-dialog")));
        await dialogs.Find(TestId("confirm")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("Blocked by Ada Lind", page.Find(TestId("enabled-here")).TextContent, StringComparison.Ordinal)
        );
        await page.Find(TestId("unblock")).ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Yes", page.Find(TestId("enabled-here")).TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_system_administrator_cannot_block_themselves_and_is_told_why()
    {
        var (page, dialogs) = (Page(Administrator.Actor.Id!.Value), RenderProviders());

        page.Find(TestId("block")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm-dialog")));
        await dialogs.Find(TestId("confirm")).ClickAsync();

        dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "This is the last system administrator",
                dialogs.Find(TestId("confirm-refused")).TextContent,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void Somebody_kept_by_hand_has_no_lock_no_groups_and_no_SCIM_data()
    {
        var page = Page(Administrator.Actor.Id!.Value);

        Assert.Equal("Ada Lind", page.Find("h1").TextContent);
        Assert.Equal("System administrator", page.Find(TestId("kind")).TextContent);
        Assert.Empty(page.FindAll(TestId("managed-by")));
        Assert.Empty(page.FindAll(TestId("locked")));
        Assert.Equal(["Profile", "Sessions", "Activities"], page.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()));
    }

    [Theory]
    [InlineData(false, true, "Yes", "Yes", "Yes")]
    [InlineData(false, false, "Yes", "No", "No")]
    [InlineData(true, true, "No, blocked here", "Yes", "No")]
    public async Task Access_needs_both_words_this_one_and_the_providers(
        bool blocked,
        bool active,
        string here,
        string there,
        string signsIn
    )
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, user => (user.Blocked, user.Active) = (blocked, active));

        var page = Page(id);

        Assert.Equal(here, Value(page, "enabled-here"));
        Assert.Equal(there, Value(page, "active-there"));
        Assert.Equal(signsIn, Value(page, "may-sign-in"));
    }

    [Fact]
    public async Task Somebody_deleted_by_the_provider_says_so()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, user => user.DeletedAt = Time.GetUtcNow());

        var page = Page(id);

        Assert.Contains(
            "Contoso deleted this person on 23 Nov 2026.",
            page.Find(TestId("deleted-notice")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Inactive", page.Find(TestId("status-chip")).TextContent.Trim());
    }

    [Fact]
    public async Task The_groups_lead_to_their_pages()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso);
        var group = await Directory.AddGroupAsync("Helpdesk-L1", contoso, id);

        var page = Page(id, "groups");

        page.WaitForAssertion(() => Assert.Equal("Helpdesk-L1", page.Find($"tbody {TestId("user-group")}").TextContent));
        Assert.Equal($"/administration/accounts/groups/{group}", page.Find(TestId("user-group")).GetAttribute("href"));
    }

    [Fact]
    public async Task Somebody_in_no_group_is_told_so()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso);

        var page = Page(id, "groups");

        page.WaitForAssertion(() => Assert.Equal("This person is in no group.", page.Find(TestId("list-empty")).TextContent.Trim()));
    }

    [Fact]
    public async Task SCIM_data_reads_one_line_per_value_with_the_extensions_apart()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, document: Document);

        var page = Page(id, "scim");

        Assert.Equal(
            ["User", "Enterprise extension", "NinjaOne extension"],
            page.FindAll($"{TestId("scim-section")} h2").Select(title => title.TextContent)
        );
        Assert.Equal(
            [
                "userName: bob@contoso.com",
                "externalId: E-7",
                "name.givenName: Bob",
                "name.familyName: <b>Berg</b>",
                "emails: bob@contoso.com (work, primary)",
                "emails: bob@example.net (home)",
                "addresses: type: work, locality: Oslo",
                "active: true",
                "department: IT",
                "manager.value: 42",
                "userType: Technician",
                "organizationId: 1",
            ],
            page.FindAll(TestId("scim-attribute"))
                .Select(row => $"{row.QuerySelector("th")!.TextContent}: {row.QuerySelector("td")!.TextContent}")
        );
        Assert.Empty(page.FindAll("b"));
        Assert.Equal("E-7", page.Find($"{TestId("external-id")} dd").TextContent.Trim());
        Assert.Contains("\"familyName\": \"<b>Berg</b>\"", page.Find(TestId("raw-json")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_browser_refuses_to_copy_the_JSON_is_selected_and_the_page_says_what_to_press()
    {
        var module = JSInterop.SetupModule("./js/clipboard.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("copy", _ => true).SetResult(false);
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso, document: Document);
        var page = Page(id, "scim");

        await page.Find(TestId("copy")).ClickAsync();

        Assert.Contains("Press Ctrl+C.", page.Find(TestId("raw-blocked")).TextContent, StringComparison.Ordinal);
        Assert.Single(module.Invocations["select"]);
    }

    [Fact]
    public async Task A_change_made_elsewhere_shows_without_a_reload()
    {
        var contoso = await Directory.AddProviderAsync();
        var id = await Directory.AddPersonAsync("bob@contoso.com", contoso);
        var page = Page(id);
        Assert.Equal("Active", page.Find(TestId("status-chip")).TextContent.Trim());

        await Directory.ChangePersonAsync(id, user => user.Blocked = true);
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("Blocked", page.Find(TestId("status-chip")).TextContent.Trim()));
    }

    [Fact]
    public void A_person_who_does_not_exist_is_not_found_and_there_is_a_way_on()
    {
        var page = Page(Guid.NewGuid());

        Assert.Equal("User not found", page.Find("h1").TextContent);
        Assert.Equal("/administration/accounts/users", page.Find($"{TestId("user-not-found")} a").GetAttribute("href"));
    }

    private static string Value(IRenderedComponent<UserPage> page, string fact) => page.Find($"{TestId(fact)} dd").TextContent.Trim();

    private IRenderedComponent<UserPage> Page(Guid id, string? tab = null)
    {
        Navigation.NavigateTo($"/administration/accounts/users/{id}{(tab is null ? null : $"?tab={tab}")}");
        var page = Render<UserPage>(parameters => parameters.Add(p => p.Id, id));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        return page;
    }
}
