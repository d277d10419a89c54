using Bunit;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;
using Xunit;
using RoleDirectory = NinjaIam.Core.Accounts.Roles.Roles;

namespace NinjaIam.Tests.Web.Administration.Accounts.IdentityProviders;

public sealed class ProviderMappingsTests : ProviderTestContext
{
    private SampleDirectory Directory => new(Installation);

    [Fact]
    [Proves("rule-35")]
    public async Task A_role_is_given_to_a_group_after_it_was_shown_who_gets_it_and_is_undone()
    {
        var (contoso, role) = (await Directory.AddProviderAsync(), await AddRoleAsync("Help desk"));
        var ada = await AddTechnicianAsync("ada@contoso.com", contoso);
        await Directory.AddGroupAsync("Finance", contoso);
        await Directory.AddGroupAsync("Helpdesk-L1", contoso, ada);
        var page = OpenPage(contoso.UniqueIdentifier, "mapping");
        Assert.Equal(["Not mapped", "Not mapped"], States(page));
        Assert.Equal("true", page.Find(TestId("preview-mappings")).GetAttribute("aria-disabled"));

        Row(page, 1).QuerySelector(TestId("add-mapping"))!.Change(role.ToString(Culture));
        Assert.Equal("1 change", page.Find(TestId("mapping-count")).TextContent);
        await page.Find(TestId("preview-mappings")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 person gets it.", Assert.Single(page.FindAll(TestId("effect-gain"))).TextContent));
        Assert.Equal("Nobody loses it.", page.Find(TestId("effect-lose")).TextContent);
        await page.Find(TestId("show-gaining")).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("ada@contoso.com", Assert.Single(page.FindAll($"{TestId("affected")} a")).TextContent));
        await page.Find(TestId("save-mappings")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(["Not mapped", "Mapped"], States(page)));
        Assert.Single(await RolesOfAsync(ada));
        await page.Find(TestId("undo-mappings")).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(["Not mapped", "Not mapped"], States(page)));
        Assert.Empty(await RolesOfAsync(ada));
    }

    [Fact]
    public async Task Figures_that_changed_since_the_preview_are_shown_before_anything_is_saved()
    {
        var (contoso, role) = (await Directory.AddProviderAsync(), await AddRoleAsync("Help desk"));
        var group = await Directory.AddGroupAsync("Helpdesk-L1", contoso);
        var page = OpenPage(contoso.UniqueIdentifier, "mapping");
        Row(page, 0).QuerySelector(TestId("add-mapping"))!.Change(role.ToString(Culture));
        await page.Find(TestId("preview-mappings")).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Nobody gets it.", page.Find(TestId("effect-gain")).TextContent));
        var ada = await AddTechnicianAsync("ada@contoso.com", contoso);
        await Directory.AddMemberAsync(group, ada);

        await page.Find(TestId("save-mappings")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 person gets it.", page.Find(TestId("effect-gain")).TextContent));
        Assert.Single(page.FindAll(TestId("preview-changed")));
        Assert.Empty(await RolesOfAsync(ada));
        await page.Find(TestId("save-mappings")).ClickAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("mapping-saved"))));
        Assert.Single(await RolesOfAsync(ada));
    }

    [Fact]
    public async Task What_is_wanted_is_withdrawn_one_by_one_or_as_a_whole_and_survives_another_tab()
    {
        var (contoso, role) = (await Directory.AddProviderAsync(), await AddRoleAsync("Help desk"));
        await Directory.AddGroupAsync("Helpdesk-L1", contoso);
        var page = OpenPage(contoso.UniqueIdentifier, "mapping");
        Row(page, 0).QuerySelector(TestId("add-mapping"))!.Change(role.ToString(Culture));

        await page.Find(TestId("tab-users")).ClickAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("provider-users"))));
        await page.Find(TestId("tab-mapping")).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(["Mapped"], States(page)));
        Row(page, 0).QuerySelector(TestId("withdraw-mapping"))!.Click();
        Assert.Equal(["Not mapped"], States(page));
        Row(page, 0).QuerySelector(TestId("add-mapping"))!.Change(role.ToString(Culture));
        await page.Find(TestId("discard-mappings")).ClickAsync();
        Assert.Equal(["Not mapped"], States(page));
    }

    [Fact]
    [Proves("rule-36")]
    public async Task A_vendor_without_groups_says_so_and_roles_are_assigned_by_attribute()
    {
        var contoso = await Directory.AddProviderAsync(vendor: WithoutGroups);
        var role = await AddRoleAsync("Help desk");
        var ada = await AddTechnicianAsync("ada@contoso.com", contoso, """{"title":"Agent"}""");
        var page = OpenPage(contoso.UniqueIdentifier, "mapping");
        Assert.Contains("sends no groups", page.Find(TestId("vendor-without-groups")).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(TestId("mapping-groups")));

        await page.Find(TestId("add-value")).ClickAsync();
        Assert.Equal("Choose an attribute.", page.Find(TestId("field-error")).TextContent);
        page.Find(TestId("value-attribute")).Change("title");
        await page.Find(TestId("value-text")).InputAsync("agent");
        page.Find(TestId("value-role")).Change(role.ToString(Culture));
        await page.Find(TestId("add-value")).ClickAsync();
        await page.Find(TestId("preview-mappings")).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("1 person gets it.", page.Find(TestId("effect-gain")).TextContent));
        await page.Find(TestId("save-mappings")).ClickAsync();

        page.WaitForAssertion(() =>
            Assert.Contains(
                "1 person has the role by this value",
                Assert.Single(page.FindAll(TestId("mapped-value"))).TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Single(await RolesOfAsync(ada));
    }

    private static readonly System.Globalization.CultureInfo Culture = System.Globalization.CultureInfo.InvariantCulture;

    private static Vendor WithoutGroups => Enum.GetValues<Vendor>().First(vendor => !VendorCatalog.Of(vendor).PushesGroups);

    private static string[] States(IRenderedComponent<ProviderPage> page) =>
        [.. page.FindAll($"{TestId("mapping-groups")} tbody .chip").Select(chip => chip.TextContent.Trim())];

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<ProviderPage> page, int index) =>
        page.FindAll($"{TestId("mapping-groups")} tbody tr")[index];

    private async Task<int> AddRoleAsync(string name) =>
        Installation.Done(
            await Get<RoleDirectory>()
                .CreateAsync(AccountKind.Technician, new RoleInput { Name = name }, Administrator, CancellationToken.None)
        );

    private Task<Guid> AddTechnicianAsync(string userName, ProviderDetails provider, string? document = null) =>
        Directory.AddPersonAsync(userName, provider, user => user.Kind = AccountKind.Technician, document);

    private Task<IReadOnlyList<PersonRole>> RolesOfAsync(Guid person) =>
        Get<RoleDirectory>().OfPersonAsync(Actor.System, person, CancellationToken.None);
}
