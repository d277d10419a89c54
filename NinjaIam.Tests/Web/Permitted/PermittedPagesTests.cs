using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Layout;
using NinjaIam.Web.Components.Permitted;
using NinjaIam.Web.Components.Profile;
using Xunit;

namespace NinjaIam.Tests.Web.Permitted;

public sealed class PermittedPagesTests : PermittedTestContext
{
    private static readonly IReadOnlyList<PermissionKind> Kinds = Permissions.For(AccountKind.Technician);

    [Theory]
    [InlineData(AccountKind.Technician)]
    [InlineData(AccountKind.EndUser)]
    [Proves("rule-38", "rule-39")]
    public async Task Without_a_role_every_page_says_that_it_is_not_allowed(AccountKind kind)
    {
        await SignInAsync(kind);

        Assert.Equal("not-allowed", ShownBy<PermittedUsersPage>("user"));
        Assert.Equal("not-allowed", ShownBy<PermittedOrganizationsPage>("organization-name"));
        Assert.Equal("not-allowed", ShownBy<PermittedGroupsPage>("group-name"));
        var person = Render<PermittedUserPage>(page => page.Add(each => each.Id, Two.Anna));
        Assert.NotEmpty(person.FindAll(TestId("not-allowed")));
        Assert.DoesNotContain("anna", person.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PermissionKind.ViewUsers)]
    [InlineData(PermissionKind.ViewOrganizations)]
    [InlineData(PermissionKind.ViewGroups)]
    [Proves("rule-38")]
    public async Task Every_other_permission_does_not_open_the_page_of_one(PermissionKind permission)
    {
        await SignInAsync(AccountKind.Technician, [.. Kinds.Where(kind => kind != permission).Select(RoledPeople.Everywhere)]);

        Assert.Equal(
            "not-allowed",
            permission switch
            {
                PermissionKind.ViewUsers => ShownBy<PermittedUsersPage>("user"),
                PermissionKind.ViewOrganizations => ShownBy<PermittedOrganizationsPage>("organization-name"),
                _ => ShownBy<PermittedGroupsPage>("group-name"),
            }
        );
    }

    [Fact]
    [Proves("rule-38")]
    public async Task Lists_show_what_is_permitted_in_one_organization_and_nothing_of_another()
    {
        await SignInAsync(AccountKind.Technician, [.. Kinds.Select(kind => RoledPeople.In(kind, Two.A))]);

        Assert.Equal("anna@contoso.com, cleo@contoso.com, dora@contoso.com", ShownBy<PermittedUsersPage>("user"));
        Assert.Equal("A-land", ShownBy<PermittedOrganizationsPage>("organization-name"));
        Assert.Equal("Group of A", ShownBy<PermittedGroupsPage>("group-name"));
        Assert.DoesNotContain("B-land", Render<PermittedUsersPage>().Markup, StringComparison.Ordinal);
        Assert.NotEmpty(Render<PermittedUsersPage>().FindAll(TestId("export")));
    }

    [Fact]
    [Proves("rule-38", "rule-48")]
    public async Task Acts_are_offered_where_they_are_permitted_and_somebody_of_another_organization_is_not_found()
    {
        await SignInAsync(AccountKind.Technician, [.. Kinds.Select(kind => RoledPeople.In(kind, Two.A))]);
        var dialogs = RenderProviders();

        var anna = Person(Two.Anna);
        Assert.Equal("Group of A", anna.Find(TestId("group-of")).TextContent.Trim());
        Assert.NotEmpty(anna.FindAll(TestId("activity-of")));
        anna.Find(TestId("own-phone")).Input("+49 1");
        anna.Find(TestId("local-settings")).Submit();
        anna.WaitForAssertion(() => Assert.Equal("Saved.", anna.Find(TestId("own-settings-saved")).TextContent));
        anna.Find(TestId("block")).Click();
        dialogs.WaitForAssertion(() => dialogs.Find(TestId("confirm")));
        dialogs.Find(TestId("confirm")).Click();
        anna.WaitForAssertion(() => Assert.NotEmpty(anna.FindAll(TestId("unblock"))));

        var cleo = Person(Two.Cleo);
        Assert.Empty(cleo.FindAll($"{TestId("block")}, {TestId("own-phone")}"));
        Assert.DoesNotContain("B-land", cleo.Markup, StringComparison.Ordinal);

        foreach (var hidden in (Guid[])[Two.Ben, Two.Nina, Installation.Administrator.Actor.Id!.Value, Guid.NewGuid()])
        {
            Assert.NotEmpty(Person(hidden).FindAll(TestId("user-not-found")));
        }
    }

    [Fact]
    [Proves("rule-38")]
    public async Task A_role_that_is_taken_closes_the_open_page_and_its_entry_by_itself()
    {
        var somebody = await SignInAsync(AccountKind.Technician, RoledPeople.Everywhere(PermissionKind.ViewUsers));
        var (page, navigation) = (Render<PermittedUsersPage>(), Render<NavigationEntries>());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("user"))));
        navigation.WaitForAssertion(() =>
            Assert.Equal(["Home", "Users", "My profile"], navigation.FindAll("a").Select(entry => entry.TextContent.Trim()))
        );

        await People.TakeAllAsync(somebody.Actor.Id!.Value);
        Time.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(TestId("not-allowed"))));
        Assert.DoesNotContain("contoso.com", page.Markup, StringComparison.Ordinal);
        navigation.WaitForAssertion(() =>
            Assert.Equal(["Home", "My profile"], navigation.FindAll("a").Select(entry => entry.TextContent.Trim()))
        );
    }

    [Fact]
    [Proves("rule-39")]
    public async Task A_technician_without_a_role_is_told_so_and_whom_to_ask()
    {
        await SignInAsync(AccountKind.Technician);

        var home = Render<HomePage>();

        Assert.Contains("You have no role yet", home.Find(TestId("no-permission")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Ask a system administrator", home.Find(TestId("no-permission")).TextContent, StringComparison.Ordinal);
        Assert.Equal("/profile", home.Find(TestId("open-profile")).GetAttribute("href"));
        Assert.Empty(home.FindAll(TestId("my-permission")));
    }

    [Fact]
    [Proves("rule-38")]
    public async Task The_home_page_names_what_is_permitted_and_where()
    {
        await SignInAsync(
            AccountKind.Technician,
            RoledPeople.In(PermissionKind.ViewUsers, Two.A, Two.B),
            RoledPeople.Everywhere(PermissionKind.BlockSignIn)
        );

        var home = Render<HomePage>();

        Assert.Equal(
            ["A-land, B-land", "All organizations"],
            home.FindAll($"{TestId("my-permission")} dd").Select(where => where.TextContent.Trim())
        );
        Assert.Equal("/users", home.Find(TestId("open-users")).GetAttribute("href"));
        Assert.Empty(home.FindAll($"{TestId("open-organizations")}, {TestId("open-groups")}"));
    }

    [Fact]
    [Proves("rule-38")]
    public async Task The_home_page_leads_others_to_theirs()
    {
        await SignInAsync(AccountKind.EndUser);

        var home = Render<HomePage>();

        Assert.Empty(home.FindAll(TestId("no-permission")));
        Assert.EndsWith("/profile", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-38", "rule-20")]
    public async Task An_end_user_has_a_profile_with_organizations_settings_and_sessions()
    {
        await SignInAsync(
            AccountKind.EndUser,
            RoledPeople.Everywhere(PermissionKind.OwnProfile),
            RoledPeople.Everywhere(PermissionKind.ViewOwnOrganizations)
        );

        var page = Render<ProfilePage>();

        Assert.Equal(
            ["my-account", "my-organizations", "my-settings", "my-display", "my-sign-in", "sessions"],
            page.FindAll("section.card").Select(card => card.GetAttribute("data-testid"))
        );
        Assert.Single(page.FindAll(TestId("this-session")));
        page.Find(TestId("own-phone")).Input(new string('1', 60));
        page.Find(TestId("local-settings")).Submit();
        page.WaitForAssertion(() => Assert.Contains("Use at most 50 characters.", page.Markup, StringComparison.Ordinal));
        page.Find(TestId("own-phone")).Input("+49 1");
        page.Find(TestId("local-settings")).Submit();
        page.WaitForAssertion(() => Assert.Equal("Saved.", page.Find(TestId("own-settings-saved")).TextContent));
    }

    [Fact]
    [Proves("rule-38", "rule-50")]
    public async Task An_end_user_without_a_role_sees_their_sessions_and_whom_to_ask()
    {
        await SignInAsync(AccountKind.EndUser);

        var page = Render<ProfilePage>();

        Assert.Equal(["my-sign-in", "sessions"], page.FindAll("section.card").Select(card => card.GetAttribute("data-testid")));
        Assert.Contains("Ask your system administrator", page.Find(TestId("profile-not-open")).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("staff.example", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("rule-50")]
    public async Task Another_session_is_ended_on_the_page_and_all_others_after_a_question()
    {
        var somebody = await SignInAsync(AccountKind.Technician);
        for (var i = 0; i < 3; i++)
        {
            await SignedIn.AsAsync(Installation.Services, somebody.Actor.Id!.Value, "Somebody");
        }

        var (page, dialogs) = (Render<ProfilePage>(), RenderProviders());
        Assert.Equal(4, page.FindAll(TestId("session")).Count);

        page.FindAll(TestId("end-session"))[0].Click();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(TestId("session")).Count));
        page.Find(TestId("end-other-sessions")).Click();
        dialogs.WaitForAssertion(() =>
            Assert.Contains("2 other sessions end", dialogs.Find(TestId("confirm-dialog")).TextContent, StringComparison.Ordinal)
        );
        dialogs.Find(TestId("confirm")).Click();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(TestId("session"))));
        Assert.Single(page.FindAll(TestId("this-session")));
    }

    [Fact]
    [Proves("rule-19")]
    public async Task What_the_identity_provider_decides_is_locked_on_the_profile_with_the_reason()
    {
        await People.GiveAsync(Two.Anna, AccountKind.EndUser, [RoledPeople.Everywhere(PermissionKind.OwnProfile)]);
        await Installation
            .Get<NinjaIam.Core.IdentityProviders.ScimConnections>()
            .EnableAsync(Two.Provider.Id, Installation.Administrator, CancellationToken.None);
        var anna = await SignedIn.AsAsync(Installation.Services, Two.Anna, "Anna", NinjaIam.Core.Journal.ActorKind.Person);
        SignIn(anna, Installation.Services, () => { }, AccountKind.EndUser);

        var page = Render<ProfilePage>();

        Assert.Contains("Contoso decides what has a lock", page.Find(TestId("my-lock-reason")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Locked", page.Find(TestId("my-email")).TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(TestId("own-phone")));
    }

    private IRenderedComponent<PermittedUserPage> Person(Guid id)
    {
        var page = Render<PermittedUserPage>(parameters => parameters.Add(each => each.Id, id));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy=true]")));
        return page;
    }

    private string ShownBy<TPage>(string rows)
        where TPage : IComponent
    {
        var page = Render<TPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll($"{TestId("not-allowed")}, {TestId(rows)}")));
        return page.FindAll(TestId("not-allowed")).Count > 0
            ? "not-allowed"
            : string.Join(", ", page.FindAll(TestId(rows)).Select(row => row.TextContent.Trim()).Distinct());
    }
}
