using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Organizations;
using Xunit;
using OrganizationDirectory = NinjaIam.Core.Accounts.Organizations;

namespace NinjaIam.Tests.Web.Administration.Organizations;

public sealed class OrganizationsPageTests : AdministrationTestContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Every_organization_stands_there_with_its_ID_and_its_users()
    {
        var id = await AddAsync("Fabrikam");

        var page = Page();

        Assert.Contains("Fabrikam", Names(page));
        Assert.Contains($"{id}", page.FindAll($"tbody {TestId("organization-id")}").Select(cell => cell.TextContent));
        Assert.Contains(
            $"/administration/accounts/users?org={id}",
            page.FindAll($"tbody {TestId("organization-users")}").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Adding_one_shows_it_in_the_list()
    {
        var (page, dialogs) = (Page(), RenderProviders());

        page.Find(TestId("add-organization")).Click();
        await dialogs.Find(TestId("organization-name-input")).InputAsync("  Fabrikam ");
        await dialogs.Find(TestId("organization-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Fabrikam", Names(page)));
        Assert.Empty(dialogs.FindAll(TestId("organization-form")));
    }

    [Theory]
    [InlineData("", "Enter a name.")]
    [InlineData("fabrikam", "Another organization has this name. Choose a different one.")]
    public async Task A_name_that_is_missing_or_taken_is_named_beside_the_field_and_nothing_is_added(string name, string error)
    {
        await AddAsync("Fabrikam");
        var (page, dialogs) = (Page(), RenderProviders());
        var before = Names(page);

        page.Find(TestId("add-organization")).Click();
        await dialogs.Find(TestId("organization-name-input")).InputAsync(name);
        await dialogs.Find(TestId("organization-description-input")).InputAsync("A customer.");
        await dialogs.Find(TestId("organization-form")).SubmitAsync();

        dialogs.WaitForAssertion(() => Assert.Equal(error, dialogs.Find(TestId("field-error")).TextContent));
        Assert.Equal("A customer.", dialogs.Find(TestId("organization-description-input")).GetAttribute("value"));
        Assert.Equal(before.Count, (await ListAsync(archived: false)).Total);
    }

    [Fact]
    public async Task Editing_one_starts_with_what_it_is_called()
    {
        await AddAsync("Fabrikam");
        var (page, dialogs) = (Page("q=fabrikam"), RenderProviders());

        Choose(page, dialogs, "edit-organization");
        Assert.Equal("Fabrikam", dialogs.WaitForElement(TestId("organization-name-input")).GetAttribute("value"));
        await dialogs.Find(TestId("organization-name-input")).InputAsync("Fabrikam Europe");
        await dialogs.Find(TestId("organization-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(["Fabrikam Europe"], Names(page)));
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_not_overwritten_and_nothing_typed_is_lost()
    {
        var id = await AddAsync("Fabrikam");
        var (page, dialogs) = (Page("q=fabrikam"), RenderProviders());
        Choose(page, dialogs, "edit-organization");
        await dialogs.WaitForElement(TestId("organization-name-input")).InputAsync("Mine");
        var theirs = new OrganizationInput { Name = "Theirs" };
        var before = new OrganizationInput { Name = "Fabrikam" };
        Installation.Done(await Get<OrganizationDirectory>().ChangeAsync(id, theirs, before, Administrator, CancellationToken.None));

        await dialogs.Find(TestId("organization-form")).SubmitAsync();

        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(TestId("organization-stale"))));
        Assert.Contains(
            "Ada Lind changed this just now.",
            dialogs.Find(TestId("organization-stale")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("_blank", dialogs.Find(TestId("show-differences")).GetAttribute("target"));
        Assert.Equal("Mine", dialogs.Find(TestId("organization-name-input")).GetAttribute("value"));
        Assert.Equal("Theirs", (await Get<OrganizationDirectory>().FindAsync(Administrator.Actor, id, CancellationToken.None))!.Name);

        await dialogs.Find(TestId("reload-stale")).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal("Theirs", dialogs.Find(TestId("organization-name-input")).GetAttribute("value")));
        await dialogs.Find(TestId("organization-name-input")).InputAsync("Both");
        await dialogs.Find(TestId("organization-form")).SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(TestId("organization-form"))));
        Assert.Equal("Both", (await Get<OrganizationDirectory>().FindAsync(Administrator.Actor, id, CancellationToken.None))!.Name);
    }

    [Fact]
    [Proves("rule-34")]
    public async Task Get_OrgId_copies_the_ID_and_says_so_in_the_row_and_to_screen_readers()
    {
        var module = Clipboard(allows: true);
        var id = await AddAsync("Fabrikam");
        var (page, dialogs) = (Page("q=fabrikam"), RenderProviders());

        Choose(page, dialogs, "get-org-id");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("copied"))));
        Assert.Equal($"{id}", Assert.Single(module.Invocations["copy"]).Arguments[0]);
        Assert.Equal($"Organization ID {id} copied", page.Find(TestId("copied-announcement")).TextContent);
        Assert.Empty(dialogs.FindAll(TestId("organization-id-dialog")));
        Time.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(TestId("copied"))));
    }

    [Fact]
    public async Task Where_the_browser_refuses_to_copy_a_small_dialog_shows_the_ID()
    {
        Clipboard(allows: false);
        var id = await AddAsync("Fabrikam");
        var (page, dialogs) = (Page("q=fabrikam"), RenderProviders());

        Choose(page, dialogs, "get-org-id");

        dialogs.WaitForAssertion(() => Assert.Equal($"{id}", dialogs.Find(TestId("copy-value")).TextContent));
        Assert.Empty(page.FindAll(TestId("copied")));
        await dialogs.Find(TestId("close-id")).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(TestId("organization-id-dialog"))));
    }

    [Fact]
    public async Task An_archived_organization_leaves_the_list_and_can_be_restored()
    {
        await AddAsync("Fabrikam");
        var (page, dialogs) = (Page("q=fabrikam"), RenderProviders());

        Choose(page, dialogs, "archive-organization");
        Assert.Contains("Nobody belongs to it.", dialogs.WaitForElement(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal);
        await dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-no-match"))));
        var archived = Page("archived=yes");
        Assert.Equal(["Fabrikam"], Names(archived));
        Choose(archived, dialogs, "restore-organization");
        await dialogs.Find(TestId("confirm")).ClickAsync();

        archived.WaitForAssertion(() =>
            Assert.Contains("No organization is archived.", archived.Find(TestId("list-empty")).TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_last_organization_stays_and_the_dialog_says_why()
    {
        var (page, dialogs) = (Page(), RenderProviders());

        Choose(page, dialogs, "archive-organization");
        await dialogs.WaitForElement(TestId("confirm")).ClickAsync();

        dialogs.WaitForAssertion(() =>
            Assert.Contains(
                "The last organization cannot be archived.",
                dialogs.Find(TestId("confirm-refused")).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Equal(1, (await ListAsync(archived: false)).Total);
    }

    [Fact]
    public async Task What_a_colleague_adds_appears_by_itself()
    {
        var page = Page();

        await AddAsync("Fabrikam");
        Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("Fabrikam", Names(page)));
    }

    [Fact]
    public async Task A_name_with_markup_is_shown_as_it_is_written()
    {
        await AddAsync("<b>Fabrikam</b>");

        var page = Page("q=fabrikam");

        Assert.Equal(["<b>Fabrikam</b>"], Names(page));
        Assert.Empty(page.FindAll("b"));
    }

    private static List<string> Names(IRenderedComponent<OrganizationsPage> page) =>
        [.. page.FindAll($"tbody {TestId("organization-name")}").Select(cell => cell.TextContent)];

    // Menus open where the providers are. An entry that opens a dialog is done only when the dialog is, so nobody waits for it here.
    private static void Choose(IRenderedComponent<OrganizationsPage> page, IRenderedComponent<IComponent> menus, string entry)
    {
        page.Find("tbody .list-menu button").Click();
        menus.WaitForElement(TestId(entry)).Click();
    }

    private BunitJSModuleInterop Clipboard(bool allows)
    {
        var module = JSInterop.SetupModule("./js/clipboard.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("copy", _ => true).SetResult(allows);
        return module;
    }

    private IRenderedComponent<OrganizationsPage> Page(string query = "")
    {
        Navigation.NavigateTo($"/administration/organizations?{query}");
        var page = Render<OrganizationsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("list-count"))));
        return page;
    }

    private async Task<int> AddAsync(string name) =>
        Installation.Done(
            await Get<OrganizationDirectory>().CreateAsync(new OrganizationInput { Name = name }, Administrator, CancellationToken.None)
        );

    private Task<Page<OrganizationLine>> ListAsync(bool archived) =>
        Get<OrganizationDirectory>().ListAsync(Administrator.Actor, null, archived, new PageRequest(0, 50), CancellationToken.None);
}
