using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Outcomes;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.Roles;
using NinjaIam.Web.Components.Administration.Accounts.Users;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Web.Administration.Accounts.Roles;

public sealed class RolesPageTests : AdministrationTestContext
{
    private SampleDirectory Directory => new(Installation);

    [Fact]
    public async Task A_role_is_added_with_what_it_permits_and_where()
    {
        var (page, dialogs) = (Page(RolesPage.TechnicianAddress), RenderProviders());
        Assert.Contains("Technicians may do nothing until a role permits it.", page.Markup, StringComparison.Ordinal);

        page.Find(TestId("add-role")).Click();
        await dialogs.WaitForElement(TestId("role-name-input")).InputAsync(" Help desk ");
        dialogs.Find(TestId("permission-ViewUsers")).Change(true);
        dialogs.Find(TestId("permission-BlockSignIn")).Change(true);
        dialogs.Find(TestId("all-BlockSignIn")).Change(false);
        await dialogs.Find(TestId("role-form")).SubmitAsync();
        dialogs.WaitForAssertion(() =>
            Assert.StartsWith("Choose at least one organization", dialogs.Find(TestId("field-error")).TextContent, StringComparison.Ordinal)
        );
        dialogs.Find(TestId("add-organization")).Change("1");
        await dialogs.Find(TestId("role-form")).SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal(["Help desk"], Names(page)));
        var line = Assert.Single((await ListAsync(AccountKind.Technician)).Items);
        var role = await Get<RoleDirectory>().FindAsync(Actor.System, line.Id, CancellationToken.None);
        Assert.Equal(
            [new PermissionInput(PermissionKind.ViewUsers, true, []), new PermissionInput(PermissionKind.BlockSignIn, false, [1])],
            role!.Input.Permissions
        );
    }

    [Fact]
    public async Task Technicians_and_end_users_have_roles_of_their_own()
    {
        await AddAsync(AccountKind.Technician, "Help desk");
        await AddAsync(AccountKind.EndUser, "Reader");

        Assert.Equal(["Help desk"], Names(Page(RolesPage.TechnicianAddress)));
        var page = Page(RolesPage.EndUserAddress);
        Assert.Equal(["Reader"], Names(page));
        Assert.Equal("End user roles", page.Find("h1").TextContent.Trim());
    }

    [Fact]
    public async Task A_role_that_somebody_has_is_not_deleted_and_the_dialog_says_why()
    {
        var role = await AddAsync(AccountKind.Technician, "Help desk");
        var person = await Directory.AddPersonAsync("bob@contoso.com", change: user => user.Kind = AccountKind.Technician);
        Installation.Done(await Get<RoleDirectory>().GiveAsync(person, role, Administrator, CancellationToken.None));
        var (page, dialogs) = (Page(RolesPage.TechnicianAddress), RenderProviders());

        Choose(page, dialogs, "delete-role");
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm-dialog")));
        Assert.Contains("1 person has it.", dialogs.Find(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal);
        await dialogs.Find(TestId("confirm")).ClickAsync();

        dialogs.WaitForAssertion(() => Assert.Contains("Take it away from them first.", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(["Help desk"], Names(page));
    }

    [Fact]
    [Proves("rule-37")]
    public async Task On_a_persons_page_roles_are_given_and_taken_away_and_say_by_whom()
    {
        await AddAsync(AccountKind.Technician, "Help desk");
        await AddAsync(AccountKind.EndUser, "Reader");
        var person = await Directory.AddPersonAsync("bob@contoso.com", change: user => user.Kind = AccountKind.Technician);
        var dialogs = RenderProviders();
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/administration/accounts/users/{person}?tab=roles");
        var page = Render<UserPage>(parameters => parameters.Add(user => user.Id, person));

        Assert.Equal("No role yet. Nothing is permitted until there is one.", page.Find(TestId("no-role")).TextContent);
        Assert.Equal(
            ["", "Help desk"],
            page.FindAll($"{TestId("choose-role")} option")
                .Select(option => option.TextContent == "Choose a role" ? "" : option.TextContent)
        );
        await page.Find(TestId("give-role")).ClickAsync();
        Assert.Equal("Choose a role first.", page.Find(TestId("field-error")).TextContent);
        page.Find(TestId("choose-role")).Change(page.FindAll($"{TestId("choose-role")} option")[1].GetAttribute("value"));
        await page.Find(TestId("give-role")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains("Given by Ada Lind", page.Find(TestId("user-role")).TextContent, StringComparison.Ordinal)
        );
        page.Find(TestId("take-role")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm-dialog")));
        await dialogs.Find(TestId("confirm")).ClickAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("no-role"))));
    }

    private async Task<int> AddAsync(AccountKind kind, string name) =>
        Installation.Done(
            await Get<RoleDirectory>().CreateAsync(kind, new RoleInput { Name = name }, Administrator, CancellationToken.None)
        );

    private Task<Page<RoleLine>> ListAsync(AccountKind kind) =>
        Get<RoleDirectory>().ListAsync(Actor.System, kind, null, new PageRequest(0, 50), CancellationToken.None);

    private IRenderedComponent<RolesPage> Page(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<RolesPage>();
    }

    private static IReadOnlyList<string> Names(IRenderedComponent<RolesPage> page) =>
        [.. page.FindAll($"tbody {TestId("role-name")}").Select(name => name.TextContent)];

    // Menus open where the providers are. An entry that opens a dialog is done only when the dialog is, so nobody waits for it here.
    private static void Choose(IRenderedComponent<RolesPage> page, IRenderedComponent<IComponent> menus, string entry)
    {
        page.Find("tbody .list-menu button").Click();
        menus.WaitForElement(TestId(entry)).Click();
    }
}
